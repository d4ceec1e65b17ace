namespace Streams;

/// <summary>What a host may override of one topic: what is operational, never the contract.</summary>
public sealed class TopicOptions
{
    /// <summary>Gets or sets how safe a record is once acknowledged.</summary>
    public Durability? Durability { get; set; }

    /// <summary>Gets or sets how long records are kept.</summary>
    public TimeSpan? Retention { get; set; }

    /// <summary>Gets or sets how many bytes a partition keeps.</summary>
    public long? RetentionBytes { get; set; }

    /// <summary>Gets or sets the size at which a partition rolls to a new segment, in bytes.</summary>
    public int? SegmentBytes { get; set; }
}
