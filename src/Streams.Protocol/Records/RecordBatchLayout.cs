namespace Streams.Protocol.Records;

/// <summary>
/// Where the fields of a record batch v2 lie (Kafka's <c>DefaultRecordBatch</c>); all numbers big-endian.
/// <code>
///  0            8      12     16 17    21     23      27          35          43          51   53      57      61
///  | base offset | len  | epoch |m| crc | attr | last  | base time | max time  | producer  | pe | base  | count | records ...
///  |      8      |  4   |   4   |1|  4  |  2   | delta | stamp   8 | stamp   8 | id      8 | 2  | seq 4 |   4   |
///  '-- stamped by the broker ---' |     '------------------ covered by the CRC-32C, to the end of the batch ------------
///
///  attributes:  bits 0-2 codec, 3 timestamp type (1 = log append time), 4 transactional, 5 control, 6 delete horizon in base timestamp
///  record:      length v, attributes 1, timestamp delta v, offset delta v, key length v (-1 null), key, value length v (-1 null), value,
///               header count v, { name length v, name, value length v (-1 null), value }        v = zig-zag varint
/// </code>
/// </summary>
internal static class RecordBatchLayout
{
    public const int BaseOffset = 0;
    public const int BatchLength = 8;
    public const int LeaderEpoch = 12;
    public const int Magic = 16;
    public const int Crc = 17;
    public const int Attributes = 21;
    public const int LastOffsetDelta = 23;
    public const int BaseTimestamp = 27;
    public const int MaxTimestamp = 35;
    public const int ProducerId = 43;
    public const int ProducerEpoch = 51;
    public const int BaseSequence = 53;
    public const int RecordCount = 57;

    /// <summary>The size of the header, where the records begin.</summary>
    public const int HeaderSize = 61;

    /// <summary>What the length field does not count: the base offset and itself.</summary>
    public const int LengthOverhead = 12;

    /// <summary>The only magic byte this code reads and writes.</summary>
    public const byte MagicValue = 2;

    /// <summary>The fewest bytes a record takes: seven fields of one byte each.</summary>
    public const int RecordSizeMin = 7;

    public const short CodecMask = 0x07;
    public const short LogAppendTimeFlag = 0x08;
    public const short TransactionalFlag = 0x10;
    public const short ControlFlag = 0x20;
    public const short DeleteHorizonFlag = 0x40;
}
