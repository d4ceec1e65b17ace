namespace Streams.Runtime.Connection;

/// <summary>A topic of this host under its real name: which messages travel on it, and how many partitions it is known to have. Thread-safe.</summary>
internal sealed class MessageTopic(string name, IReadOnlyList<MessageDescriptor> messages)
{
    private readonly Lock _changing = new();
    private volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _partitionCount;

    /// <summary>Gets the real name, placeholders replaced.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the messages that this host knows to travel on the topic.</summary>
    public IReadOnlyList<MessageDescriptor> Messages { get; } = messages;

    /// <summary>Gets the partition count, or 0 as long as it is not known.</summary>
    public int PartitionCount => _partitionCount;

    /// <summary>Gets a task that completes with the next change of the count.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Returns whether a record without a wire name is read as that message: it is the topic's only one, or the default.</summary>
    public bool ReadsUnnamedAs(MessageDescriptor message) => message.IsDefault || Messages.Count == 1;

    /// <summary>Takes note of the count; readers that wait for <see cref="Changed"/> go on.</summary>
    public void SetPartitionCount(int count)
    {
        TaskCompletionSource changed;
        lock (_changing)
        {
            if (_partitionCount == count)
            {
                return;
            }

            _partitionCount = count;
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
