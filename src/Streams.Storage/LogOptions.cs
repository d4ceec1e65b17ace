namespace Streams.Storage;

/// <summary>What one log is told. Immutable; <see cref="SegmentedLog.Reconfigure"/> takes a new one.</summary>
internal sealed record LogOptions
{
    /// <summary>Gets how safe a batch is before it becomes visible; the default is <see cref="Durability.Fsync"/>.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>Gets the size in bytes at which a segment is closed.</summary>
    public int SegmentBytesMax { get; init; } = LogDefaults.SegmentBytesMax;

    /// <summary>Gets how far the timestamps of one segment may spread before it is closed.</summary>
    public TimeSpan SegmentAgeMax { get; init; } = LogDefaults.SegmentAgeMax;

    /// <summary>Gets the bytes kept; <see langword="null"/> (the default) sets no bound.</summary>
    public long? RetentionBytes { get; init; }

    /// <summary>Gets how long records are kept, by their timestamps; <see langword="null"/> keeps them forever.</summary>
    public TimeSpan? RetentionTime { get; init; } = LogDefaults.RetentionTime;

    /// <summary>Gets a value indicating whether retention deletes old segments.</summary>
    public bool Delete { get; init; } = true;

    /// <summary>Gets a value indicating whether only the last value of each key is kept.</summary>
    public bool Compact { get; init; }

    /// <summary>Gets the largest batch taken, in bytes with its header.</summary>
    public int BatchBytesMax { get; init; } = LogDefaults.BatchBytesMax;

    /// <summary>Gets how many bytes lie between two index entries.</summary>
    public int IndexIntervalBytes { get; init; } = LogDefaults.IndexIntervalBytes;

    /// <summary>Gets how long a tombstone is kept after the first compaction that saw it.</summary>
    public TimeSpan DeleteRetention { get; init; } = LogDefaults.DeleteRetention;

    /// <summary>Gets the age below which a segment is not compacted.</summary>
    public TimeSpan MinCompactionLag { get; init; }

    /// <summary>Gets the part of the log (0 to 1) that must be uncompacted before compaction is worth its work.</summary>
    public double MinDirtyRatio { get; init; } = LogDefaults.MinDirtyRatio;
}
