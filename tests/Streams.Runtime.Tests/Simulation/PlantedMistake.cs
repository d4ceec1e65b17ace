namespace Streams.Runtime.Tests.Simulation;

/// <summary>Mistakes that consumers of others have made, put between the runtime and the simulated broker.</summary>
public enum PlantedMistake
{
    /// <summary>What was fetched is committed, handled or not.</summary>
    CommitsOnDelivery,

    /// <summary>The newest completed record is committed, whatever is open below it.</summary>
    CommitsOverAnOlderGap,

    /// <summary>What a handler of an ended lease completes is committed under the lease of now.</summary>
    CountsLateCompletions,

    /// <summary>A commit that was refused is taken for done.</summary>
    ForgetsAFailedCommit,

    /// <summary>The watermark waits for offsets that compaction has removed.</summary>
    StopsAtACompactionGap,
}
