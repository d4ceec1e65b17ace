using Streams.Protocol.Primitives;

namespace Streams.Protocol.Stored;

/// <summary>A committed offset.</summary>
/// <param name="Offset">The next offset to be handled.</param>
/// <param name="LeaderEpoch">The leader epoch of the last record handled, or -1.</param>
/// <param name="Metadata">What the client wanted to be kept with it.</param>
/// <param name="CommitTimestamp">When it was committed, in milliseconds since 1970.</param>
/// <param name="ExpireTimestamp">When it expires where an old client said so, or -1.</param>
internal sealed record OffsetCommitValue(long Offset, int LeaderEpoch, string Metadata, long CommitTimestamp, long ExpireTimestamp = -1)
{
    private const string What = "An offset commit value";
    private const short ExpireTimestampVersion = 1;
    private const short LeaderEpochVersion = 3;
    private const short FlexibleVersion = 4;
    private const int TopicIdTag = 0;

    /// <summary>The version Kafka 4.3 writes, unless the offset has an <see cref="ExpireTimestamp"/>.</summary>
    public const short CurrentVersion = FlexibleVersion;

    /// <summary>Gets the topic's id, or an empty one where it is not known (version 4).</summary>
    public Guid TopicId { get; init; }

    /// <summary>Gets tagged fields of a newer broker, to be written back (version 4).</summary>
    public IReadOnlyList<TaggedField> UnknownTags { get; init; } = [];

    /// <exception cref="StreamsException">The bytes are no such value (Corrupt).</exception>
    public static OffsetCommitValue Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes, What);
        var version = StoredBytes.CheckVersion(What, reader.ReadInt16(), CurrentVersion);
        reader.IsFlexible = version >= FlexibleVersion;
        var value = new OffsetCommitValue(
            reader.ReadInt64(),
            version >= LeaderEpochVersion ? reader.ReadInt32() : -1,
            reader.ReadString(),
            reader.ReadInt64(),
            version == ExpireTimestampVersion ? reader.ReadInt64() : -1);
        value = ReadTags(ref reader, value);
        StoredBytes.ThrowUnlessAtEnd(reader);
        return value;
    }

    /// <summary>Writes the version Kafka 4.3 would choose.</summary>
    public byte[] Write() => Write(ExpireTimestamp == -1 ? CurrentVersion : ExpireTimestampVersion);

    /// <summary>Writes a version; fields that it does not have are left out.</summary>
    public byte[] Write(short version)
        => StoredBytes.Write(this, StoredBytes.CheckVersion(What, version, CurrentVersion), version >= FlexibleVersion, WriteFields);

    private static OffsetCommitValue ReadTags(ref WireReader reader, OffsetCommitValue value)
    {
        var tags = reader.ReadUnknownTags();
        var known = tags.FirstOrDefault(tag => tag.Tag == TopicIdTag);
        if (known.Bytes.Length == 0)
        {
            return value with { UnknownTags = tags };
        }

        var field = new WireReader(known.Bytes, What);
        var topicId = field.ReadUuid();
        StoredBytes.ThrowUnlessAtEnd(field);
        return value with { TopicId = topicId, UnknownTags = [.. tags.Where(tag => tag.Tag != TopicIdTag)] };
    }

    private static void WriteFields(ref WireWriter writer, OffsetCommitValue value, short version)
    {
        writer.WriteInt64(value.Offset);
        if (version >= LeaderEpochVersion)
        {
            writer.WriteInt32(value.LeaderEpoch);
        }

        writer.WriteString(value.Metadata);
        writer.WriteInt64(value.CommitTimestamp);
        if (version == ExpireTimestampVersion)
        {
            writer.WriteInt64(value.ExpireTimestamp);
        }

        writer.WriteTags(value.TopicId == Guid.Empty
            ? value.UnknownTags
            : [new(TopicIdTag, value.TopicId.ToByteArray(bigEndian: true)), .. value.UnknownTags]);
    }
}
