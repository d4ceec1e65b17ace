namespace Streams.Hosting.Model;

/// <summary>
/// What the catalog comes to in this host: messages and handlers with the real names of their topics and groups. Made once, when the host
/// is built and nothing is added to the catalog any more; immutable.
/// </summary>
internal sealed class HostModel
{
    /// <summary>Initializes a new instance of the <see cref="HostModel"/> class.</summary>
    /// <param name="catalog">What was registered.</param>
    /// <param name="names">Replaces placeholders.</param>
    public HostModel(StreamsCatalog catalog, RealNames names)
    {
        Names = names;
        Messages =
        [
            .. catalog.Messages
                .Concat(catalog.Handlers.SelectMany(handler => handler.Messages))
                .DistinctBy(message => message.Type),
        ];
        Topics = Messages.GroupBy(message => names.Of(message.Topic), StringComparer.Ordinal)
            .OrderBy(topic => topic.Key, StringComparer.Ordinal)
            .ToDictionary(topic => topic.Key, IReadOnlyList<MessageDescriptor> (topic) => [.. topic], StringComparer.Ordinal);
        Groups = catalog.Handlers.GroupBy(handler => names.Of(handler.GroupId), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, IReadOnlyList<HandlerDescriptor> (group) => [.. group], StringComparer.Ordinal);
    }

    /// <summary>Gets what replaces placeholders.</summary>
    public RealNames Names { get; }

    /// <summary>Gets every message registered or handled, each once.</summary>
    public IReadOnlyList<MessageDescriptor> Messages { get; }

    /// <summary>Gets the messages of each topic, by its real name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<MessageDescriptor>> Topics { get; }

    /// <summary>Gets the handler classes of each group, by its real id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<HandlerDescriptor>> Groups { get; }

    /// <summary>Returns what configuration says of a topic or group, whose key may hold placeholders as the attribute does.</summary>
    public TOptions? Find<TOptions>(IDictionary<string, TOptions> overrides, string realName)
        where TOptions : class
        => overrides.TryGetValue(realName, out var exact)
            ? exact
            : overrides.FirstOrDefault(entry => Names.Of(entry.Key) == realName).Value;
}
