namespace Streams;

/// <summary>Which of the <c>On...</c> methods a handler class has, so that no instance is made for one it lacks.</summary>
[Flags]
public enum HandlerCallbacks
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>OnCommitted(CommitResult)</c>.</summary>
    Committed = 1,

    /// <summary><c>OnPartitionsAssigned(IReadOnlyList&lt;TopicPartition&gt;)</c>.</summary>
    Assigned = 2,

    /// <summary><c>OnPartitionsRevoked(IReadOnlyList&lt;TopicPartition&gt;)</c>.</summary>
    Revoked = 4,

    /// <summary><c>OnPartitionsLost(IReadOnlyList&lt;TopicPartition&gt;)</c>.</summary>
    Lost = 8,
}
