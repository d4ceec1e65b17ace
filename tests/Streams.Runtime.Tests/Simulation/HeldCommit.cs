using Streams.Transport;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>A commit that has not reached the broker yet.</summary>
internal sealed record HeldCommit(IReadOnlyList<OffsetCommit> Offsets, TaskCompletionSource Answer);
