namespace Streams.Runtime.Processing;

/// <summary>A record that was handed out and waits in its lane or is being handled. Pooled by its worker, guarded by its lock.</summary>
internal sealed class LaneRecord
{
    /// <summary>Gets or sets the block.</summary>
    public BlockEntry Entry { get; set; } = null!;

    /// <summary>Gets or sets the index in the block.</summary>
    public int Index { get; set; }

    /// <summary>Gets or sets the ticket in the tracker.</summary>
    public long Ticket { get; set; }

    /// <summary>Gets or sets where it goes.</summary>
    public Route Route { get; set; }

    /// <summary>Gets or sets its lane, or <see langword="null"/> where records may be handled in any order.</summary>
    public Lane? Lane { get; set; }

    /// <summary>Gets or sets the next record of the same lane.</summary>
    public LaneRecord? NextInLane { get; set; }

    /// <summary>Gets or sets the next record that is ready, or free.</summary>
    public LaneRecord? NextInList { get; set; }
}
