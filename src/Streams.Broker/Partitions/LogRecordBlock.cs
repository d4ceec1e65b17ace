using System.Runtime.InteropServices;
using Streams.Protocol.Primitives;
using Streams.Storage;
using Streams.Transport;

namespace Streams.Broker.Partitions;

/// <summary>
/// Records of a log: the bytes as they were read, or what came out of compressed batches, and the ranges in them. Goes back to its pool with
/// the last release.
/// </summary>
internal sealed class LogRecordBlock(RecordBlockPool pool) : RecordBlock
{
    private readonly List<RecordRange> _records = [];
    private LogRead _read;
    private PooledBuffer? _decompressed;
    private ReadOnlyMemory<byte> _buffer;
    private long _nextOffset;

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Buffer => _buffer;

    /// <inheritdoc />
    public override ReadOnlySpan<RecordRange> Records => CollectionsMarshal.AsSpan(_records);

    /// <inheritdoc />
    public override long NextOffset => _nextOffset;

    /// <summary>Gets where records are added while the block is filled.</summary>
    public List<RecordRange> Ranges => _records;

    /// <summary>Makes the block ready to be filled, with one reference.</summary>
    public void Begin() => Reuse();

    /// <summary>Takes over the bytes that the ranges point into.</summary>
    public void Fill(in LogRead read, long nextOffset)
    {
        _read = read;
        _buffer = read.Bytes;
        _nextOffset = nextOffset;
    }

    /// <summary>Takes over decompressed bytes that the ranges point into.</summary>
    public void Fill(PooledBuffer decompressed, long nextOffset)
    {
        _decompressed = decompressed;
        _buffer = decompressed.WrittenMemory;
        _nextOffset = nextOffset;
    }

    /// <summary>Takes the place of a gap: no records, only the offset to go on from.</summary>
    public void FillGap(long nextOffset) => _nextOffset = nextOffset;

    /// <inheritdoc />
    protected override void Return()
    {
        _read.Dispose();
        _read = default;
        _decompressed?.Dispose();
        _decompressed = null;
        _buffer = default;
        _records.Clear();
        if (_records.Capacity > PartitionLimits.PooledBlockRecordsMax)
        {
            _records.Capacity = 0;
        }

        pool.Return(this);
    }
}
