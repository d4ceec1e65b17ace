namespace Streams.Storage.Compaction;

/// <summary>The bounds of compaction.</summary>
internal static class CompactionLimits
{
    /// <summary>Keys one run remembers, about 48 bytes each with the table's spare room: Kafka's buffer of 128 MiB holds about as many.</summary>
    public const int KeysMax = 4 * 1024 * 1024;

    /// <summary>Bytes that may come out of one compressed batch.</summary>
    public const int DecompressedBytesMax = 100 * 1024 * 1024;

    /// <summary>Bytes written at once.</summary>
    public const int WriteBytes = 1024 * 1024;
}
