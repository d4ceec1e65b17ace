namespace Streams.Storage;

/// <summary>Where an appended batch went.</summary>
/// <param name="BaseOffset">The offset of its first record.</param>
/// <param name="LastOffset">The offset of its last record.</param>
internal readonly record struct AppendedBatch(long BaseOffset, long LastOffset)
{
    /// <summary>Gets the offset after the batch: what <see cref="SegmentedLog.WaitUntilDurableAsync"/> waits for.</summary>
    public long EndOffset => LastOffset + 1;
}
