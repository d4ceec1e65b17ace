namespace Streams.Runtime.Processing;

/// <summary>How a worker stood at one moment.</summary>
/// <param name="Position">The next offset to be handed out.</param>
/// <param name="Watermark">The offset below which everything handed out is completed.</param>
/// <param name="Oldest">The oldest record in flight, or <see langword="null"/>.</param>
/// <param name="InFlight">How many records are in flight.</param>
/// <param name="Failure">Why the partition stopped, or <see langword="null"/>.</param>
internal sealed record WorkerView(long Position, long Watermark, long? Oldest, int InFlight, WorkerFailure? Failure);
