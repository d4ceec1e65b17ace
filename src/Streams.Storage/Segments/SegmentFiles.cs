using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Streams.Storage.Segments;

/// <summary>Kafka's names of a segment's files: the offset it begins with, in 20 digits, and what is in it.</summary>
internal static class SegmentFiles
{
    public const string Log = ".log";
    public const string OffsetIndex = ".index";
    public const string TimeIndex = ".timeindex";

    /// <summary>A segment being written by compaction or repair; worth nothing after a crash.</summary>
    public const string CleanedSuffix = ".cleaned";

    /// <summary>A segment that is complete and takes the place of those it covers, also after a crash.</summary>
    public const string SwapSuffix = ".swap";

    /// <summary>A segment on its way out.</summary>
    public const string DeletedSuffix = ".deleted";

    private const int Digits = 20;

    // Kafka's state of producers and of transactions, where Kafka has written the segment.
    private const string ProducerSnapshot = ".snapshot";
    private const string TransactionIndex = ".txnindex";

    /// <summary>Gets the suffixes of all files of a segment, the log first: what remains without it is worth nothing.</summary>
    public static IReadOnlyList<string> All { get; } = [Log, TimeIndex, OffsetIndex, TransactionIndex, ProducerSnapshot];

    /// <summary>Returns the name of a file.</summary>
    public static string Name(long baseOffset, string suffix) => baseOffset.ToString("D20", CultureInfo.InvariantCulture) + suffix;

    /// <summary>Reads the base offset out of a name with this suffix.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, string suffix, out long baseOffset)
    {
        baseOffset = 0;
        return name is not null
            && name.Length == Digits + suffix.Length
            && name.EndsWith(suffix, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out baseOffset);
    }
}
