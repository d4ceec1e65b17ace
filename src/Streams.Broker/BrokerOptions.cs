using Streams.Storage.Files;

namespace Streams.Broker;

/// <summary>How the bundled broker behaves. Copied when it is made.</summary>
internal sealed record BrokerOptions
{
    /// <summary>Gets the data directory, which is created where it is missing; <see langword="null"/> keeps everything in memory.</summary>
    public string? DataPath { get; init; }

    /// <summary>Gets the durability of topics that do not say; the default is Fsync on disk and Memory in memory.</summary>
    public Durability? DefaultDurability { get; init; }

    /// <summary>Gets the partition count of topics that do not say; the default is 6.</summary>
    public int DefaultPartitions { get; init; } = BrokerDefaults.Partitions;

    /// <summary>Gets the partition count of <c>__consumer_offsets</c> when it is created; the default is 50 on disk and 8 in memory.</summary>
    public int? OffsetsPartitions { get; init; }

    /// <summary>Gets the time between two rounds of retention, compaction and expiry; the default is 5 min.</summary>
    public TimeSpan MaintenanceInterval { get; init; } = BrokerDefaults.MaintenanceInterval;

    /// <summary>Gets how long offsets of a group without members are kept; the default is 7 days.</summary>
    public TimeSpan OffsetsRetention { get; init; } = BrokerDefaults.OffsetsRetention;

    /// <summary>Gets a value indicating whether retention by time stops at the committed offset of every known group; the default is <see langword="true"/>.</summary>
    public bool RetentionWaitsForGroups { get; init; } = true;

    /// <summary>Gets the file system; <see langword="null"/> takes the real one, or a new one in memory. Tests keep theirs from one broker to the next.</summary>
    public IFileSystem? Files { get; init; }

    /// <summary>Gets a value indicating whether everything is kept in memory.</summary>
    public bool IsInMemory => DataPath is null;
}
