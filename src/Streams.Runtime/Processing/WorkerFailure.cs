namespace Streams.Runtime.Processing;

/// <summary>Why a partition stopped.</summary>
/// <param name="Offset">The record that failed.</param>
/// <param name="Error">What its handler threw, or why it has none.</param>
internal sealed record WorkerFailure(long Offset, Exception Error);
