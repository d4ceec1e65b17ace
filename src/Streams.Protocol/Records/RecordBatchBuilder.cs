using System.Buffers.Binary;
using Streams.Protocol.Primitives;
using Streams.Transport;

namespace Streams.Protocol.Records;

/// <summary>
/// Builds one batch at a time in wire format, in a pooled buffer that is kept from batch to batch; per record nothing is
/// allocated. Whoever made it disposes it. Not thread-safe.
/// </summary>
internal sealed class RecordBatchBuilder : IDisposable
{
    // Length, attributes, timestamp delta, offset delta, key length, value length, header count.
    private const int RecordOverheadMax = Varint.SizeMax + 1 + Varint.LongSizeMax + (4 * Varint.SizeMax);

    private readonly PooledBuffer _plain;
    private PooledBuffer? _compressed;
    private long? _deleteHorizon;
    private long _baseTimestamp;
    private long _maxTimestamp;
    private int _lastOffsetDelta;
    private int _nextOffsetDelta;

    /// <summary>Makes a builder.</summary>
    /// <param name="initialCapacity">The bytes to begin with; the buffer doubles when it is full.</param>
    /// <param name="sizeMax">The largest batch; a record that does not fit any more is refused.</param>
    public RecordBatchBuilder(int initialCapacity, int sizeMax = RecordBatchLimits.BatchBytesMax)
    {
        _plain = new(Math.Max(initialCapacity, RecordBatchLayout.HeaderSize), sizeMax);
        Reset();
    }

    /// <summary>Gets how many records the batch holds.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the size of the batch in bytes, uncompressed, header included.</summary>
    public int Size => _plain.WrittenCount;

    /// <summary>Gets the timestamp of the first record, or -1.</summary>
    public long BaseTimestamp => _baseTimestamp;

    /// <summary>Gets the largest timestamp, or -1.</summary>
    public long MaxTimestamp => _maxTimestamp;

    /// <summary>An upper bound of the bytes that one record takes.</summary>
    public static long SizeOf(int keyLength, int valueLength, int encodedHeadersLength)
        => (long)RecordOverheadMax + keyLength + valueLength + encodedHeadersLength;

    /// <summary>Appends a record at the next offset. All bytes are copied.</summary>
    /// <param name="timestamp">Milliseconds since 1970.</param>
    /// <param name="hasKey">Whether there is a key; an empty one differs from none.</param>
    /// <param name="key">The key.</param>
    /// <param name="hasValue">Whether there is a value; without one the record is a tombstone.</param>
    /// <param name="value">The value.</param>
    /// <param name="headerCount">How many headers there are.</param>
    /// <param name="encodedHeaders">The headers as <see cref="RecordHeaderCodec"/> writes them.</param>
    /// <exception cref="StreamsException">The batch would be larger than the builder allows (MessageTooLarge); it is unchanged.</exception>
    public void Append(
        long timestamp,
        bool hasKey,
        ReadOnlySpan<byte> key,
        bool hasValue,
        ReadOnlySpan<byte> value,
        int headerCount,
        ReadOnlySpan<byte> encodedHeaders)
    {
        var keyLength = hasKey ? key.Length : -1;
        var valueLength = hasValue ? value.Length : -1;
        var baseTimestamp = Count == 0 && _deleteHorizon is null ? timestamp : _baseTimestamp;
        var timestampDelta = unchecked(timestamp - baseTimestamp);
        var bodySize = 1L + Varint.SizeOf(timestampDelta) + Varint.SizeOf(_nextOffsetDelta)
            + Varint.SizeOf(keyLength) + Math.Max(keyLength, 0)
            + Varint.SizeOf(valueLength) + Math.Max(valueLength, 0)
            + Varint.SizeOf(headerCount) + encodedHeaders.Length;
        if (!_plain.HasRoomFor(bodySize + Varint.SizeOf(bodySize)))
        {
            throw TooLarge(bodySize);
        }

        var span = _plain.GetSpan((int)bodySize + Varint.SizeMax);
        var position = Varint.Write(span, (int)bodySize);
        span[position++] = 0;
        position += Varint.Write(span[position..], timestampDelta);
        position += Varint.Write(span[position..], _nextOffsetDelta);
        position += WriteBytes(span[position..], keyLength, key);
        position += WriteBytes(span[position..], valueLength, value);
        position += Varint.Write(span[position..], headerCount);
        encodedHeaders.CopyTo(span[position..]);
        _plain.Advance(position + encodedHeaders.Length);

        _baseTimestamp = baseTimestamp;
        _maxTimestamp = Count == 0 ? timestamp : Math.Max(_maxTimestamp, timestamp);
        _lastOffsetDelta = _nextOffsetDelta++;
        Count++;
    }

    /// <summary>Appends a record of a block that was read, at a distance from the base offset: the way compaction keeps offsets.</summary>
    /// <param name="offsetDelta">Larger than that of the record before.</param>
    /// <param name="buffer">The buffer the ranges point into.</param>
    /// <param name="record">The record.</param>
    public void Append(int offsetDelta, ReadOnlySpan<byte> buffer, in RecordRange record)
    {
        Invariant.Holds(offsetDelta > _lastOffsetDelta, "Offsets within a batch grow.");
        _nextOffsetDelta = offsetDelta;
        Append(
            record.Timestamp,
            record.KeyLength >= 0,
            buffer.Slice(record.KeyStart, Math.Max(record.KeyLength, 0)),
            record.ValueLength >= 0,
            buffer.Slice(record.ValueStart, Math.Max(record.ValueLength, 0)),
            record.HeaderCount,
            buffer.Slice(record.HeadersStart, record.HeadersLength));
    }

    /// <summary>
    /// Writes the header and the CRC. May be called again, for another codec or other properties, before <see cref="Reset"/>.
    /// </summary>
    /// <returns>The batch, valid until <see cref="Reset"/>, the next seal or <see cref="Dispose"/>.</returns>
    public Memory<byte> Seal(CompressionCodec codec) => Seal(new RecordBatchProperties { Codec = codec });

    /// <inheritdoc cref="Seal(CompressionCodec)"/>
    public Memory<byte> Seal(in RecordBatchProperties properties)
    {
        var target = _plain;
        if (properties.Codec != CompressionCodec.None)
        {
            target = Compress(properties.Codec);
        }

        WriteHeader(target.WrittenSpan, properties);
        RecordBatch.WriteCrc(target.WrittenSpan);
        return target.WrittenMemory;
    }

    /// <summary>Begins a new batch.</summary>
    /// <param name="deleteHorizon">
    /// When tombstones and markers of the batch may go, which compaction keeps in the batch; <see langword="null"/> for none.
    /// </param>
    public void Reset(long? deleteHorizon = null)
    {
        _plain.Clear();
        _plain.GetSpan(RecordBatchLayout.HeaderSize);
        _plain.Advance(RecordBatchLayout.HeaderSize);
        _compressed?.Clear();
        _deleteHorizon = deleteHorizon;
        _baseTimestamp = deleteHorizon ?? -1;
        _maxTimestamp = -1;
        _lastOffsetDelta = -1;
        _nextOffsetDelta = 0;
        Count = 0;
    }

    public void Dispose()
    {
        _plain.Dispose();
        _compressed?.Dispose();
        _compressed = null;
    }

    private static int WriteBytes(Span<byte> span, int length, ReadOnlySpan<byte> bytes)
    {
        var position = Varint.Write(span, length);
        if (length <= 0)
        {
            return position;
        }

        bytes.CopyTo(span[position..]);
        return position + length;
    }

    private PooledBuffer Compress(CompressionCodec codec)
    {
        var target = _compressed ??= new(Size, _plain.SizeMax);
        target.Clear();
        target.GetSpan(RecordBatchLayout.HeaderSize);
        target.Advance(RecordBatchLayout.HeaderSize);
        RecordBatchCompression.Compress(codec, _plain.WrittenSpan[RecordBatchLayout.HeaderSize..], target);
        return target;
    }

    private void WriteHeader(Span<byte> batch, in RecordBatchProperties properties)
    {
        var attributes = (short)((int)properties.Codec
            | (properties.AppendTime is null ? 0 : RecordBatchLayout.LogAppendTimeFlag)
            | (properties.IsTransactional ? RecordBatchLayout.TransactionalFlag : 0)
            | (properties.IsControl ? RecordBatchLayout.ControlFlag : 0)
            | (_deleteHorizon is null ? 0 : RecordBatchLayout.DeleteHorizonFlag));
        RecordBatch.Stamp(batch, properties.BaseOffset, properties.LeaderEpoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.BatchLength..], batch.Length - RecordBatchLayout.LengthOverhead);
        batch[RecordBatchLayout.Magic] = RecordBatchLayout.MagicValue;
        BinaryPrimitives.WriteInt16BigEndian(batch[RecordBatchLayout.Attributes..], attributes);
        BinaryPrimitives.WriteInt32BigEndian(
            batch[RecordBatchLayout.LastOffsetDelta..], properties.LastOffsetDelta ?? Math.Max(_lastOffsetDelta, 0));
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.BaseTimestamp..], _baseTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(
            batch[RecordBatchLayout.MaxTimestamp..], properties.AppendTime ?? properties.MaxTimestamp ?? _maxTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchLayout.ProducerId..], properties.ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch[RecordBatchLayout.ProducerEpoch..], properties.ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.BaseSequence..], properties.BaseSequence);
        BinaryPrimitives.WriteInt32BigEndian(batch[RecordBatchLayout.RecordCount..], Count);
    }

    private StreamsException TooLarge(long bodySize)
    {
        _nextOffsetDelta = _lastOffsetDelta + 1;
        return new($"A record of {bodySize} bytes does not fit into its batch: {Size} bytes are taken, at most {_plain.SizeMax} are "
            + "allowed. " +
            "Send smaller messages, or raise the topic's largest message.")
        {
            Code = StreamsErrorCode.MessageTooLarge,
        };
    }
}
