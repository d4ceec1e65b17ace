using Streams.Runtime.Processing;

namespace Streams.Runtime.Groups;

/// <summary>How one partition of this process stood at one moment.</summary>
/// <param name="Worker">Its worker, or <see langword="null"/> before its start is known.</param>
/// <param name="Committed">What this process knows to be committed.</param>
/// <param name="IsPaused">Whether a user has paused it.</param>
/// <param name="Stopped">Why it stands still, or <see langword="null"/>.</param>
internal sealed record PartitionView(WorkerView? Worker, long? Committed, bool IsPaused, StoppedPartition? Stopped);
