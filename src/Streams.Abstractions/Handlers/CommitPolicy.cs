namespace Streams;

/// <summary>When a group's offsets are committed. Always the watermark: all delivered offsets below it are completed.</summary>
public enum CommitPolicy
{
    /// <summary>On an interval (5 s unless said otherwise), also when idle, without waiting, plus a final synchronous commit on revoke and stop. The default.</summary>
    Auto,

    /// <summary>After every message, or every N, waiting for the answer; retriable errors are retried.</summary>
    Sync,

    /// <summary>After every completion, or every N, without waiting; results go to <c>OnCommitted</c>; plus the final synchronous commit.</summary>
    Async,

    /// <summary>The handler calls an outcome of its context; a path without one leaves the offset uncommitted.</summary>
    Manual,

    /// <summary>Offsets and produced messages commit in one transaction. Refused at start until the broker has transactions.</summary>
    Transactional,
}
