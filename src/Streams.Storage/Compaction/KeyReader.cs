using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Storage.Compaction;

/// <summary>Reads the keys of batches into a map. Not thread-safe.</summary>
internal sealed class KeyReader : IDisposable
{
    private readonly PooledBuffer _plain = new(64 * 1024, CompactionLimits.DecompressedBytesMax);
    private readonly List<RecordRange> _records = [];

    /// <summary>Takes all keys of a batch; <see langword="false"/> where the map is full, which then holds some of them: later offsets of keys
    /// that are known stay true, because only what lies below the known end is thinned by them.</summary>
    public bool TryRead(ReadOnlySpan<byte> batch, in RecordBatchHeader header, LatestOffsets latest)
    {
        if (header.IsControl)
        {
            return true;
        }

        var plain = batch;
        if (header.Codec != CompressionCodec.None)
        {
            _plain.Clear();
            RecordBatchCompression.Decompress(batch, _plain);
            plain = _plain.WrittenSpan;
        }

        _records.Clear();
        RecordBatchReader.ReadRecords(plain, 0, header.BaseOffset, _records);
        foreach (var record in _records)
        {
            if (record.KeyLength >= 0 && !latest.TryAdd(plain.Slice(record.KeyStart, record.KeyLength), record.Offset))
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _plain.Dispose();
}
