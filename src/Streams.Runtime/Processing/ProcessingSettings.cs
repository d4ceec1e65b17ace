using Microsoft.Extensions.Logging;
using Streams.Runtime.Commits;
using Streams.Runtime.Scheduling;

namespace Streams.Runtime.Processing;

/// <summary>What the workers of a group share. Immutable.</summary>
internal sealed record ProcessingSettings
{
    /// <summary>Gets the commit policy.</summary>
    public required CommitSettings Commits { get; init; }

    /// <summary>Gets which records may be handled at the same time.</summary>
    public required ProcessingOrder Order { get; init; }

    /// <summary>Gets how many records of a partition may be in flight.</summary>
    public required int InFlightMax { get; init; }

    /// <summary>Gets the group's bound of calls at a time.</summary>
    public required CallSlots Slots { get; init; }

    /// <summary>Gets what runs handlers.</summary>
    public required IWorkScheduler Scheduler { get; init; }

    /// <summary>Gets the log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Gets the group id.</summary>
    public string GroupId => Commits.GroupId;

    /// <summary>Gets a value indicating whether handlers complete records by outcomes of their own.</summary>
    public bool IsManual => Commits.Policy == CommitPolicy.Manual;
}
