namespace Streams;

/// <summary>The messages and handlers an application consists of. Filled while the host is built, read-only afterwards.</summary>
public sealed class StreamsCatalog
{
    private readonly List<MessageDescriptor> _messages = [];
    private readonly List<HandlerDescriptor> _handlers = [];

    /// <summary>Gets the messages in the order they were added.</summary>
    public IReadOnlyList<MessageDescriptor> Messages => _messages;

    /// <summary>Gets the handler classes in the order they were added.</summary>
    public IReadOnlyList<HandlerDescriptor> Handlers => _handlers;

    /// <summary>Adds a message unless its type is there already.</summary>
    /// <param name="message">The message.</param>
    public bool TryAdd(MessageDescriptor message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_messages.Exists(known => known.Type == message.Type))
        {
            return false;
        }

        _messages.Add(message);
        return true;
    }

    /// <summary>Adds a handler class unless it is there already.</summary>
    /// <param name="handler">The handler class.</param>
    public bool TryAdd(HandlerDescriptor handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (_handlers.Exists(known => known.HandlerType == handler.HandlerType))
        {
            return false;
        }

        _handlers.Add(handler);
        return true;
    }
}
