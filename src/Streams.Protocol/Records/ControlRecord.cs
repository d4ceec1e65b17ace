using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Streams.Protocol.Primitives;
using Streams.Transport;

namespace Streams.Protocol.Records;

/// <summary>
/// The one record of a control batch: the end of a transaction. Key: version (2), type (2); value: version (2), coordinator epoch (4).
/// </summary>
internal readonly record struct ControlRecord(ControlRecordType Type, int CoordinatorEpoch)
{
    private const int KeySize = 4;
    private const int ValueSize = 6;

    /// <summary>Reads the marker of a control batch.</summary>
    /// <param name="batch">The whole batch.</param>
    /// <exception cref="StreamsException">The batch holds no marker that can be read (Corrupt).</exception>
    public static ControlRecord Read(ReadOnlySpan<byte> batch)
    {
        var header = RecordBatchReader.ReadHeader(batch, 0);
        if (!header.IsControl || header.Codec != CompressionCodec.None || header.RecordCount != 1)
        {
            Corruption.Throw(
                "A control batch", RecordBatchLayout.Attributes, $"attributes 0x{header.Attributes:X4} and {header.RecordCount} records",
                "the control flag, no codec, one record");
        }

        var records = new List<RecordRange>(1);
        RecordBatchReader.ReadAllRecords(batch, 0, header, long.MinValue, records);
        var record = CollectionsMarshal.AsSpan(records)[0];
        if (record.KeyLength < KeySize || record.ValueLength < ValueSize)
        {
            Corruption.Throw(
                "A control record", record.KeyStart, $"a key of {record.KeyLength} and a value of {record.ValueLength} bytes",
                $"at least {KeySize} and {ValueSize}");
        }

        return new(
            (ControlRecordType)BinaryPrimitives.ReadInt16BigEndian(batch[(record.KeyStart + 2)..]),
            BinaryPrimitives.ReadInt32BigEndian(batch[(record.ValueStart + 2)..]));
    }

    /// <summary>Appends the marker to an empty builder, to be sealed with <see cref="RecordBatchProperties.IsControl"/>.</summary>
    public void AppendTo(RecordBatchBuilder builder, long timestamp)
    {
        Span<byte> key = stackalloc byte[KeySize];
        Span<byte> value = stackalloc byte[ValueSize];
        key.Clear();
        value.Clear();
        BinaryPrimitives.WriteInt16BigEndian(key[2..], (short)Type);
        BinaryPrimitives.WriteInt32BigEndian(value[2..], CoordinatorEpoch);
        builder.Append(timestamp, hasKey: true, key, hasValue: true, value, 0, default);
    }
}
