using Streams.Broker.Groups;

namespace Streams.Broker.Tests.Groups;

internal sealed class FixedTopics : IGroupTopics
{
    public Dictionary<string, int> Counts { get; } = new() { ["orders"] = 6, ["invoices"] = 3 };

    public int? PartitionCount(string topic) => Counts.TryGetValue(topic, out var count) ? count : null;
}
