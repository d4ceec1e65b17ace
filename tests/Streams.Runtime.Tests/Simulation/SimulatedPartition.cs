using Streams.Runtime.Tests.Scripting;
using Streams.Transport;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>One partition at the broker.</summary>
internal sealed class SimulatedPartition(TopicPartition id)
{
    public TopicPartition Id { get; } = id;

    public List<ScriptedRecord> Records { get; } = [];

    public long End { get; set; }

    public long? Committed { get; set; }

    /// <summary>Gets or sets the lease the group's member has, as the broker sees it.</summary>
    public Lease? Lease { get; set; }

    public void Add(string? key, string type)
        => Records.Add(new(End++, key, [1], new() { { StreamsHeaders.Type, type } }) { IsForHandlers = type == "Order" });
}
