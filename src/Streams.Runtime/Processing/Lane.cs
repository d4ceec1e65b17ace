namespace Streams.Runtime.Processing;

/// <summary>The records of one key in flight. Exists while there are any.</summary>
internal sealed class Lane
{
    /// <summary>Gets or sets the key bytes: those of the newest record, whose block lives as long as the lane has records.</summary>
    public ReadOnlyMemory<byte> Key { get; set; }

    /// <summary>Gets or sets a value indicating whether it is the lane of records without a key.</summary>
    public bool IsKeyless { get; set; }

    /// <summary>Gets or sets the hash of the key.</summary>
    public uint Hash { get; set; }

    /// <summary>Gets or sets the newest record.</summary>
    public LaneRecord Last { get; set; } = null!;

    /// <summary>Gets or sets the next lane of the same bucket, or the next free one.</summary>
    public Lane? Next { get; set; }
}
