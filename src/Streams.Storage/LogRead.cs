using System.Buffers;

namespace Streams.Storage;

/// <summary>
/// Whole batches read from a log, in a rented buffer: whoever got it disposes it once, and touches <see cref="Bytes"/> no more afterwards.
/// The first batch may begin below the offset asked for.
/// </summary>
internal readonly struct LogRead : IDisposable
{
    private readonly byte[]? _rented;

    /// <summary>Initializes a new instance of the <see cref="LogRead"/> struct.</summary>
    /// <param name="rented">The array from the shared pool; <see langword="null"/> when there is nothing.</param>
    /// <param name="bytes">The whole batches in it.</param>
    /// <param name="nextOffset">The offset after the last batch.</param>
    public LogRead(byte[]? rented, Memory<byte> bytes, long nextOffset)
    {
        _rented = rented;
        Bytes = bytes;
        NextOffset = nextOffset;
    }

    /// <summary>Gets the batches; empty when nothing is visible at the offset yet.</summary>
    public Memory<byte> Bytes { get; }

    /// <summary>Gets the offset to read next: the one after the last batch, or the one asked for when there is none.</summary>
    public long NextOffset { get; }

    /// <summary>Gets a value indicating whether nothing was read.</summary>
    public bool IsEmpty => Bytes.IsEmpty;

    /// <summary>Returns the buffer to the pool.</summary>
    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }
}
