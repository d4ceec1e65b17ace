using Streams.Protocol.Primitives;

namespace Streams.Protocol.Stored;

/// <summary>
/// What the leader gives a member: the bytes inside SyncGroup. All versions so far have the same fields; versions above the highest known
/// one are read as that one, as Kafka's clients do.
/// </summary>
internal sealed class ConsumerAssignment
{
    private const string What = "A consumer assignment";

    // As they were read: a topic may stand there twice or without partitions, and is written back so.
    private readonly IReadOnlyList<TopicPartitions> _assigned;

    /// <summary>Makes an assignment.</summary>
    /// <param name="partitions">The partitions.</param>
    /// <param name="userData">What the assignor adds, or <see langword="null"/>.</param>
    public ConsumerAssignment(IReadOnlyList<TopicPartition> partitions, ReadOnlyMemory<byte>? userData)
        : this(partitions, userData, TopicPartitions.Group(partitions))
    {
    }

    private ConsumerAssignment(
        IReadOnlyList<TopicPartition> partitions, ReadOnlyMemory<byte>? userData, IReadOnlyList<TopicPartitions> assigned)
    {
        Partitions = partitions;
        UserData = userData;
        _assigned = assigned;
    }

    /// <summary>The version Kafka 4.3 writes, and the highest that is read.</summary>
    public const short CurrentVersion = 3;

    public IReadOnlyList<TopicPartition> Partitions { get; }

    public ReadOnlyMemory<byte>? UserData { get; }

    /// <exception cref="StreamsException">The bytes are no assignment (Corrupt).</exception>
    public static ConsumerAssignment Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes, What);
        var version = reader.ReadInt16();
        StoredBytes.CheckVersion(What, version, short.MaxValue);
        var assigned = TopicPartitions.ReadArray(ref reader);
        var userData = reader.ReadNullableBytes() is { } data ? data.ToArray() : (ReadOnlyMemory<byte>?)null;
        if (version <= CurrentVersion)
        {
            StoredBytes.ThrowUnlessAtEnd(reader);
        }

        return new(TopicPartitions.Flatten(assigned), userData, assigned);
    }

    public byte[] Write(short version = CurrentVersion)
        => StoredBytes.Write(this, StoredBytes.CheckVersion(What, version, CurrentVersion), isFlexible: false, WriteFields);

    private static void WriteFields(ref WireWriter writer, ConsumerAssignment assignment, short version)
    {
        TopicPartitions.WriteArray(ref writer, assignment._assigned);
        writer.WriteNullableBytes(assignment.UserData);
    }
}
