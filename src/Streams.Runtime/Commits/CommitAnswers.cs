namespace Streams.Runtime.Commits;

/// <summary>The table from a transport's error to what the group does.</summary>
internal static class CommitAnswers
{
    /// <summary>Returns what an error means.</summary>
    public static CommitAnswer Of(StreamsException error) => error.Code switch
    {
        StreamsErrorCode.IllegalGeneration or StreamsErrorCode.UnknownMember
            or StreamsErrorCode.FencedInstance or StreamsErrorCode.LeaseLost => CommitAnswer.Fenced,
        _ when error.IsRetriable => CommitAnswer.Retry,
        _ => CommitAnswer.Fatal,
    };
}
