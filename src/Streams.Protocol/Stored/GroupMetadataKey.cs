using Streams.Protocol.Primitives;

namespace Streams.Protocol.Stored;

/// <summary>The key of a classic group's state. A record with this key and no value says that the group is gone.</summary>
internal sealed record GroupMetadataKey(string Group)
{
    private const string What = "A group metadata key";

    /// <summary>The record type.</summary>
    public const short CurrentVersion = (short)StoredRecordType.GroupMetadata;

    /// <exception cref="StreamsException">The bytes are no such key (Corrupt).</exception>
    public static GroupMetadataKey Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes, What);
        CheckType(reader.ReadInt16());
        var key = new GroupMetadataKey(reader.ReadString());
        StoredBytes.ThrowUnlessAtEnd(reader);
        return key;
    }

    public byte[] Write(short version = CurrentVersion)
        => StoredBytes.Write(this, CheckType(version), isFlexible: false, static (ref writer, key, _) => writer.WriteString(key.Group));

    private static short CheckType(short type)
        => type == CurrentVersion ? type : throw Corruption.Error(What, 0, $"record type {type}", $"{CurrentVersion}");
}
