namespace Streams.Analyzers.Commits.Reading;

/// <summary>What a call on a context says about its record.</summary>
internal enum OutcomeKind
{
    /// <summary><c>Ack()</c>: done, committed later.</summary>
    Acknowledge,

    /// <summary><c>CommitAsync()</c>: done, and committed.</summary>
    Commit,

    /// <summary><c>AckThrough(index)</c>: a part of a batch is done.</summary>
    AcknowledgePart,

    /// <summary><c>CommitThroughAsync(index)</c>: a part of a batch is done, and committed.</summary>
    CommitPart,

    /// <summary><c>SkipAsync(reason)</c>: not to be handled, on purpose.</summary>
    Skip,

    /// <summary><c>DeadLetterAsync(exception)</c>: put aside.</summary>
    DeadLetter,

    /// <summary><c>RetryAsync(delay)</c>: to be handled again.</summary>
    Retry,
}
