using System.Collections.Frozen;

namespace Streams.Runtime.Connection;

/// <summary>The topics of this host's messages. Thread-safe; the set is fixed, the partition counts are refreshed.</summary>
internal sealed class TopicRegistry
{
    private readonly FrozenDictionary<string, MessageTopic> _byDeclaredName;
    private readonly FrozenDictionary<string, MessageTopic> _byName;

    /// <summary>Initializes a new instance of the <see cref="TopicRegistry"/> class.</summary>
    /// <param name="messages">The messages of the host.</param>
    /// <param name="realName">Replaces the placeholders of a topic as declared.</param>
    public TopicRegistry(IEnumerable<MessageDescriptor> messages, Func<string, string> realName)
    {
        var all = messages.ToArray();
        _byName = all
            .GroupBy(message => realName(message.Topic), StringComparer.Ordinal)
            .ToFrozenDictionary(topic => topic.Key, topic => new MessageTopic(topic.Key, [.. topic]), StringComparer.Ordinal);
        _byDeclaredName = all
            .Select(message => message.Topic)
            .Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(declared => declared, declared => _byName[realName(declared)], StringComparer.Ordinal);
    }

    /// <summary>Gets the topics.</summary>
    public IReadOnlyCollection<MessageTopic> Topics => _byName.Values;

    /// <summary>Returns the topic of a message.</summary>
    /// <exception cref="StreamsException">The message is not registered.</exception>
    public MessageTopic TopicOf(MessageDescriptor message)
        => _byDeclaredName.TryGetValue(message.Topic, out var topic) && topic.Messages.Any(known => known.Type == message.Type)
            ? topic
            : throw NotRegistered(message);

    /// <summary>Asks for the partition counts; a topic that is not there keeps the count it had.</summary>
    public async Task RefreshAsync(ITopics topics, CancellationToken cancellationToken)
    {
        foreach (var description in await topics.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_byName.TryGetValue(description.Name, out var topic))
            {
                topic.SetPartitionCount(description.Partitions);
            }
        }
    }

    private static StreamsException NotRegistered(MessageDescriptor message)
        => new($"The message '{message.Type.Name}' is not registered with this host. "
            + "Call AddHandlers() or AddMessages() on the builder of AddStreams in an assembly that references the message.")
        {
            Code = StreamsErrorCode.InvalidConfiguration,
        };
}
