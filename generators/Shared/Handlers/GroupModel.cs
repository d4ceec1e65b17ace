namespace Streams.Shared.Handlers;

/// <summary>What <c>[ConsumerGroup]</c> says; numbers stand for the enums' values.</summary>
/// <param name="GroupId">The group.</param>
internal sealed record GroupModel(
    string GroupId,
    int Commit,
    int CommitEvery,
    long CommitIntervalTicks,
    bool FinalCommit,
    int Order,
    int Concurrency,
    int StartFrom,
    int Lifetime);
