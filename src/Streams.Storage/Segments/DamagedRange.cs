namespace Streams.Storage.Segments;

/// <summary>Bytes between sound batches that are none themselves.</summary>
/// <param name="Start">Where they begin in the file.</param>
/// <param name="End">Where the next sound batch begins, or the file ends.</param>
/// <param name="FirstOffset">The first offset that may be lost in them.</param>
/// <param name="NextOffset">The offset of the next sound batch; the same as <paramref name="FirstOffset"/> where none follows.</param>
/// <param name="Reason">What was found and what was expected.</param>
internal sealed record DamagedRange(long Start, long End, long FirstOffset, long NextOffset, string Reason)
{
    /// <summary>Gets how many bytes it has.</summary>
    public long Size => End - Start;

    /// <summary>Says where it is, what is lost, and what was found, for people.</summary>
    public override string ToString() => NextOffset > FirstOffset
        ? $"{Size} bytes at position {Start} with offsets {FirstOffset} to before {NextOffset} ({Reason})"
        : $"{Size} bytes at position {Start} from offset {FirstOffset} on ({Reason})";
}
