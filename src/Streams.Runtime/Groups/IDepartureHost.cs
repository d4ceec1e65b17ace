using Streams.Runtime.Commits;

namespace Streams.Runtime.Groups;

/// <summary>What a departure asks of its group, inside the group's events.</summary>
internal interface IDepartureHost
{
    /// <summary>Gets the committer.</summary>
    OffsetCommitter Committer { get; }

    /// <summary>Lets what handlers produced become durable, then answers with an event.</summary>
    void FlushProducers(Action done);

    /// <summary>The entries are given up in order: their callbacks follow, then the answer.</summary>
    void OnDeparted(Departure departure);
}
