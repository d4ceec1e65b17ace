using Streams.Protocol.Primitives;

namespace Streams.Protocol.Stored;

/// <summary>The key of a committed offset. A record with this key and no value says that the offset is gone.</summary>
internal sealed record OffsetCommitKey(string Group, string Topic, int Partition)
{
    private const string What = "An offset commit key";

    /// <summary>The record type Kafka 4.3 writes.</summary>
    public const short CurrentVersion = (short)StoredRecordType.OffsetCommit;

    /// <exception cref="StreamsException">The bytes are no such key (Corrupt).</exception>
    public static OffsetCommitKey Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes, What);
        StoredBytes.CheckVersion(What, reader.ReadInt16(), CurrentVersion);
        var key = new OffsetCommitKey(reader.ReadString(), reader.ReadString(), reader.ReadInt32());
        StoredBytes.ThrowUnlessAtEnd(reader);
        return key;
    }

    public byte[] Write(short version = CurrentVersion)
        => StoredBytes.Write(this, StoredBytes.CheckVersion(What, version, CurrentVersion), isFlexible: false, WriteFields);

    private static void WriteFields(ref WireWriter writer, OffsetCommitKey key, short version)
    {
        writer.WriteString(key.Group);
        writer.WriteString(key.Topic);
        writer.WriteInt32(key.Partition);
    }
}
