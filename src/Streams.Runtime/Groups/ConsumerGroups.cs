using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Streams.Runtime.Groups;

/// <summary>The groups of this process by id. Thread-safe: nothing changes after it is made.</summary>
internal sealed class ConsumerGroups : IConsumerGroups
{
    private readonly Dictionary<string, ConsumerGroup> _groups;

    /// <summary>Initializes a new instance of the <see cref="ConsumerGroups"/> class.</summary>
    /// <param name="groups">The groups, each id once.</param>
    public ConsumerGroups(IEnumerable<ConsumerGroup> groups)
        => _groups = groups.ToDictionary(group => group.Id, StringComparer.Ordinal);

    /// <inheritdoc />
    public int Count => _groups.Count;

    /// <inheritdoc />
    public IConsumerGroup this[string groupId]
        => _groups.TryGetValue(groupId, out var group) ? group : throw Unknown(groupId);

    /// <inheritdoc />
    public bool TryGet(string groupId, [NotNullWhen(true)] out IConsumerGroup? group)
    {
        var known = _groups.TryGetValue(groupId, out var found);
        group = found;
        return known;
    }

    /// <inheritdoc />
    public IEnumerator<IConsumerGroup> GetEnumerator() => _groups.Values.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private StreamsException Unknown(string groupId)
        => new($"The group '{groupId}' is not hosted in this process, which hosts "
            + $"{(_groups.Count == 0 ? "none" : string.Join(", ", _groups.Keys.Order(StringComparer.Ordinal).Select(id => $"'{id}'")))}. "
            + "Check the id, AddHandlers() and the group's 'Enabled' setting.")
        {
            Code = StreamsErrorCode.UnknownGroup,
        };
}
