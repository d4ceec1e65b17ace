using System.Diagnostics.CodeAnalysis;

namespace Streams;

/// <summary>The consumer groups hosted in this process. Thread-safe.</summary>
public interface IConsumerGroups : IReadOnlyCollection<IConsumerGroup>
{
    /// <summary>Gets a group hosted here.</summary>
    /// <param name="groupId">The group id.</param>
    /// <exception cref="StreamsException">No such group is hosted here (<see cref="StreamsErrorCode.UnknownGroup"/>).</exception>
    IConsumerGroup this[string groupId] { get; }

    /// <summary>Looks for a group hosted here.</summary>
    /// <param name="groupId">The group id.</param>
    /// <param name="group">The group.</param>
    bool TryGet(string groupId, [NotNullWhen(true)] out IConsumerGroup? group);
}
