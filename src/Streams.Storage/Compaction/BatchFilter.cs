using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Storage.Compaction;

/// <summary>
/// Decides which records of a batch stay, and writes the batch again where not all of them do. Rules of Kafka's <c>Cleaner</c>: the last record
/// of a key stays; a tombstone stays until the delete horizon, which the first compaction that sees it writes into the batch; records without a
/// key go; control batches stay; base offset, last offset and producer of a batch never change. Not thread-safe.
/// </summary>
internal sealed class BatchFilter(LatestOffsets latest, long now, TimeSpan deleteRetention) : IDisposable
{
    private readonly PooledBuffer _plain = new(64 * 1024, CompactionLimits.DecompressedBytesMax);
    private readonly RecordBatchBuilder _builder = new(64 * 1024, CompactionLimits.DecompressedBytesMax);
    private readonly List<RecordRange> _records = [];
    private readonly List<RecordRange> _kept = [];

    /// <summary>Gets how many records were left out so far.</summary>
    public long RecordsRemoved { get; private set; }

    /// <summary>Returns what stays of a batch: the batch itself, a smaller one, or nothing. Valid until the next call.</summary>
    /// <param name="batch">One sound batch.</param>
    /// <param name="header">Its header.</param>
    /// <param name="keepEmpty">Keep the header of a batch that loses all its records, because the end of the log is read from it.</param>
    public ReadOnlySpan<byte> Filter(ReadOnlySpan<byte> batch, in RecordBatchHeader header, bool keepEmpty)
    {
        if (header.IsControl)
        {
            return batch;
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
        var horizon = Select(plain, header);
        RecordsRemoved += _records.Count - _kept.Count;
        if (_kept.Count == 0)
        {
            return keepEmpty ? Seal(header, null) : default;
        }

        var isUnchanged = _kept.Count == _records.Count && (horizon is null || header.HasDeleteHorizon);
        return isUnchanged ? batch : Write(plain, header, horizon);
    }

    public void Dispose()
    {
        _plain.Dispose();
        _builder.Dispose();
    }

    /// <returns>The delete horizon of the batch that is left, where it holds a tombstone.</returns>
    private long? Select(ReadOnlySpan<byte> plain, in RecordBatchHeader header)
    {
        _kept.Clear();
        long? horizon = header.HasDeleteHorizon ? header.BaseTimestamp : null;
        var mayDropTombstones = horizon <= now;
        var hasTombstone = false;
        foreach (var record in _records)
        {
            if (record.KeyLength < 0 || !latest.IsLatest(plain.Slice(record.KeyStart, record.KeyLength), record.Offset))
            {
                continue;
            }

            if (record.ValueLength < 0)
            {
                if (mayDropTombstones)
                {
                    continue;
                }

                hasTombstone = true;
            }

            _kept.Add(record);
        }

        return hasTombstone ? horizon ?? now + (long)deleteRetention.TotalMilliseconds : horizon;
    }

    private ReadOnlySpan<byte> Write(ReadOnlySpan<byte> plain, in RecordBatchHeader header, long? horizon)
    {
        _builder.Reset(horizon);
        foreach (var record in _kept)
        {
            _builder.Append((int)(record.Offset - header.BaseOffset), plain, record);
        }

        return SealBuilt(header, header.IsLogAppendTime ? null : _builder.MaxTimestamp);
    }

    private ReadOnlySpan<byte> Seal(in RecordBatchHeader header, long? horizon)
    {
        _builder.Reset(horizon);
        return SealBuilt(header, header.MaxTimestamp);
    }

    private ReadOnlySpan<byte> SealBuilt(in RecordBatchHeader header, long? maxTimestamp) => _builder.Seal(new RecordBatchProperties
    {
        Codec = _builder.Count == 0 ? CompressionCodec.None : header.Codec,
        BaseOffset = header.BaseOffset,
        LastOffsetDelta = header.LastOffsetDelta,
        LeaderEpoch = header.LeaderEpoch,
        ProducerId = header.ProducerId,
        ProducerEpoch = header.ProducerEpoch,
        BaseSequence = header.BaseSequence,
        IsTransactional = header.IsTransactional,
        AppendTime = header.IsLogAppendTime ? header.MaxTimestamp : null,
        MaxTimestamp = maxTimestamp,
    }).Span;
}
