using System.Text;

namespace Streams.Runtime.Processing;

/// <summary>Which handler takes which type of one topic. Immutable; thread-safe.</summary>
internal sealed class TopicRoutes
{
    private readonly (string DeclaredTopic, HandlerTarget Target)[] _targets;
    private readonly byte[][] _knownNames;

    /// <summary>Initializes a new instance of the <see cref="TopicRoutes"/> class.</summary>
    /// <param name="topic">The topic's real name, for texts.</param>
    /// <param name="targets">The handler classes of the topic, each with the topic as it declares it.</param>
    /// <param name="known">Every message known on the topic.</param>
    public TopicRoutes(string topic, IEnumerable<(string DeclaredTopic, HandlerTarget Target)> targets,
        IReadOnlyList<MessageDescriptor> known)
    {
        Topic = topic;
        _targets = [.. targets];
        Names = [.. known.Select(message => message.Name).Distinct(StringComparer.Ordinal)];
        _knownNames = [.. Names.Select(Encoding.UTF8.GetBytes)];
        Untyped = DefaultOf(known) is { } name ? Resolve(Encoding.UTF8.GetBytes(name)) : new(RouteKind.NoType, null, 0, false);
    }

    /// <summary>Gets the topic's real name.</summary>
    public string Topic { get; }

    /// <summary>Gets the wire names known on the topic.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets the route of a record without a wire name: the topic's default type, or its only one.</summary>
    public Route Untyped { get; }

    /// <summary>Returns the route of a wire name.</summary>
    /// <param name="wireName">Its UTF-8 bytes.</param>
    public Route Resolve(ReadOnlySpan<byte> wireName)
    {
        foreach (var (declared, target) in _targets)
        {
            var dispatcher = target.Descriptor.Dispatcher;
            var method = dispatcher.Route(declared, wireName);
            if (method >= 0)
            {
                return new(RouteKind.Handle, target, method, dispatcher.AcceptsTombstone(method));
            }
        }

        foreach (var known in _knownNames)
        {
            if (wireName.SequenceEqual(known))
            {
                return new(RouteKind.Pass, null, 0, false);
            }
        }

        return new(RouteKind.UnknownType, null, 0, false);
    }

    private static string? DefaultOf(IReadOnlyList<MessageDescriptor> known)
        => (known.FirstOrDefault(message => message.IsDefault) ?? (known.Count == 1 ? known[0] : null))?.Name;
}
