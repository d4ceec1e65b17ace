using Streams.Transport;

namespace Streams.Runtime.Commits;

/// <summary>The table from a transport's error to what the group does.</summary>
internal static class CommitAnswers
{
    /// <summary>Returns what an error means.</summary>
    public static CommitAnswer Of(StreamsException error) => error.Code switch
    {
        StreamsErrorCode.IllegalGeneration or StreamsErrorCode.UnknownMember or StreamsErrorCode.FencedInstance => CommitAnswer.Fenced,

        // One of the leases has ended; the transport says which. The others go on, and are sent again without it.
        StreamsErrorCode.LeaseLost => CommitAnswer.Retry,
        _ when error.IsRetriable => CommitAnswer.Retry,
        _ => CommitAnswer.Fatal,
    };

    /// <summary>Says that nothing of a lease is committed any more.</summary>
    public static StreamsException LeaseLost(Lease lease)
        => new($"The lease '{lease}' has ended: its partition may belong to another member, and nothing of it is committed any more. "
            + "Its records are handled again by whoever has it.")
        {
            Code = StreamsErrorCode.LeaseLost,
        };
}
