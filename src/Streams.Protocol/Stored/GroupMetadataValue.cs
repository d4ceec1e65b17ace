using Streams.Protocol.Primitives;

namespace Streams.Protocol.Stored;

/// <summary>A classic group at the end of a rebalance: its generation, its members and what each of them was given.</summary>
/// <param name="ProtocolType">What kind of group it is: <c>consumer</c>, or empty for one that only keeps offsets.</param>
/// <param name="Generation">The generation.</param>
/// <param name="Protocol">The assignor chosen, or <see langword="null"/>.</param>
/// <param name="Leader">The member that assigned, or <see langword="null"/>.</param>
/// <param name="CurrentStateTimestamp">Since when the group is in its state, in milliseconds since 1970, or -1 (version 2).</param>
/// <param name="Members">The members.</param>
internal sealed record GroupMetadataValue(
    string ProtocolType,
    int Generation,
    string? Protocol,
    string? Leader,
    long CurrentStateTimestamp,
    IReadOnlyList<MemberMetadata> Members)
{
    private const string What = "A group metadata value";
    private const short StateTimestampVersion = 2;
    private const short FlexibleVersion = 4;

    /// <summary>The version Kafka 4.3 writes: the highest that is not flexible, so that brokers back to 2.3 can read it.</summary>
    public const short CurrentVersion = 3;

    /// <summary>The highest version that is read.</summary>
    public const short HighestVersion = FlexibleVersion;

    /// <summary>Gets tagged fields of a newer broker, to be written back (version 4).</summary>
    public IReadOnlyList<TaggedField> UnknownTags { get; init; } = [];

    /// <exception cref="StreamsException">The bytes are no such value (Corrupt).</exception>
    public static GroupMetadataValue Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes, What);
        var version = StoredBytes.CheckVersion(What, reader.ReadInt16(), HighestVersion);
        reader.IsFlexible = version >= FlexibleVersion;
        var value = new GroupMetadataValue(
            reader.ReadString(),
            reader.ReadInt32(),
            reader.ReadNullableString(),
            reader.ReadNullableString(),
            version >= StateTimestampVersion ? reader.ReadInt64() : -1,
            ReadMembers(ref reader, version))
        {
            UnknownTags = reader.ReadUnknownTags(),
        };
        StoredBytes.ThrowUnlessAtEnd(reader);
        return value;
    }

    /// <summary>Writes a version; fields that it does not have are left out.</summary>
    public byte[] Write(short version = CurrentVersion)
        => StoredBytes.Write(this, StoredBytes.CheckVersion(What, version, HighestVersion), version >= FlexibleVersion, WriteFields);

    private static MemberMetadata[] ReadMembers(ref WireReader reader, short version)
    {
        var members = new MemberMetadata[reader.ReadArrayLength(MemberMetadata.SizeMin)];
        for (var index = 0; index < members.Length; index++)
        {
            members[index] = MemberMetadata.Read(ref reader, version);
        }

        return members;
    }

    private static void WriteFields(ref WireWriter writer, GroupMetadataValue value, short version)
    {
        writer.WriteString(value.ProtocolType);
        writer.WriteInt32(value.Generation);
        writer.WriteString(value.Protocol);
        writer.WriteString(value.Leader);
        if (version >= StateTimestampVersion)
        {
            writer.WriteInt64(value.CurrentStateTimestamp);
        }

        writer.WriteArrayLength(value.Members.Count);
        foreach (var member in value.Members)
        {
            member.Write(ref writer, version);
        }

        writer.WriteTags(value.UnknownTags);
    }
}
