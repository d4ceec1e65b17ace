namespace Streams;

/// <summary>One handler class as its attributes declare it; emitted by the source generator. Immutable.</summary>
public sealed class HandlerDescriptor
{
    /// <summary>Gets the class.</summary>
    public required Type HandlerType { get; init; }

    /// <summary>Gets the group id as written, placeholders included.</summary>
    public required string GroupId { get; init; }

    /// <summary>Gets the messages the class has methods for.</summary>
    public required IReadOnlyList<MessageDescriptor> Messages { get; init; }

    /// <summary>Gets the generated dispatcher.</summary>
    public required HandlerDispatcher Dispatcher { get; init; }

    /// <summary>Gets which <c>On...</c> methods the class has.</summary>
    public HandlerCallbacks Callbacks { get; init; }

    /// <summary>Gets when offsets are committed.</summary>
    public CommitPolicy Commit { get; init; }

    /// <summary>Gets after how many records of a partition Sync and Async commit.</summary>
    public int CommitEvery { get; init; } = 1;

    /// <summary>Gets the commit interval, or <see langword="null"/> for 5 s.</summary>
    public TimeSpan? CommitInterval { get; init; }

    /// <summary>Gets a value indicating whether Async commits synchronously at revoke and stop.</summary>
    public bool FinalCommit { get; init; } = true;

    /// <summary>Gets which records may be handled at the same time.</summary>
    public ProcessingOrder Order { get; init; }

    /// <summary>Gets how many calls run at once; 0 means one per assigned partition.</summary>
    public int Concurrency { get; init; }

    /// <summary>Gets where the group begins without a committed offset.</summary>
    public StartFrom StartFrom { get; init; }

    /// <summary>Gets how long an instance lives.</summary>
    public HandlerLifetime Lifetime { get; init; }
}
