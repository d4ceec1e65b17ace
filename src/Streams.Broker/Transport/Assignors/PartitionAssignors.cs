namespace Streams.Broker.Transport.Assignors;

/// <summary>The assignors there are.</summary>
internal static class PartitionAssignors
{
    private static readonly IPartitionAssignor[] All =
        [new CooperativeStickyAssignor(), new StickyAssignor(), new RangeAssignor(), new RoundRobinAssignor()];

    /// <summary>Returns an assignor.</summary>
    /// <param name="name">Kafka's name.</param>
    /// <exception cref="StreamsException">There is none of that name.</exception>
    public static IPartitionAssignor Find(string name)
        => Array.Find(All, assignor => assignor.Name == name)
            ?? throw new StreamsException(
                $"There is no assignor '{name}'. Known are {string.Join(", ", All.Select(assignor => assignor.Name))}; change Assignors.")
            {
                Code = StreamsErrorCode.InvalidConfiguration,
            };
}
