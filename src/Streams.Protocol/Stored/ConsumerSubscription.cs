using Streams.Protocol.Primitives;

namespace Streams.Protocol.Stored;

/// <summary>
/// What a consumer says when it joins: the bytes inside JoinGroup, which the coordinator does not read but the leader does.
/// Versions above the
/// highest known one are read as that one and what follows is passed over, as Kafka's clients do (members of a group may differ in age).
/// </summary>
internal sealed class ConsumerSubscription
{
    private const string What = "A consumer subscription";
    private const short OwnedPartitionsVersion = 1;
    private const short GenerationVersion = 2;
    private const short RackVersion = 3;

    // As they were read: a topic may stand there twice or without partitions, and is written back so.
    private readonly IReadOnlyList<TopicPartitions> _owned;

    /// <summary>Makes a subscription.</summary>
    /// <param name="topics">The topics; Java's client sorts them.</param>
    /// <param name="userData">What the assignor adds, or <see langword="null"/>.</param>
    /// <param name="ownedPartitions">The partitions the member has (version 1).</param>
    /// <param name="generationId">The generation in which it got them, or -1 (version 2).</param>
    /// <param name="rackId">Where it runs, or <see langword="null"/> (version 3).</param>
    public ConsumerSubscription(
        IReadOnlyList<string> topics,
        ReadOnlyMemory<byte>? userData,
        IReadOnlyList<TopicPartition> ownedPartitions,
        int generationId,
        string? rackId)
        : this(topics, userData, TopicPartitions.Group(ownedPartitions), generationId, rackId, ownedPartitions)
    {
    }

    private ConsumerSubscription(
        IReadOnlyList<string> topics,
        ReadOnlyMemory<byte>? userData,
        IReadOnlyList<TopicPartitions> owned,
        int generationId,
        string? rackId,
        IReadOnlyList<TopicPartition> ownedPartitions)
    {
        Topics = topics;
        UserData = userData;
        OwnedPartitions = ownedPartitions;
        GenerationId = generationId;
        RackId = rackId;
        _owned = owned;
    }

    /// <summary>The version Kafka 4.3 writes, and the highest that is read.</summary>
    public const short CurrentVersion = RackVersion;

    public IReadOnlyList<string> Topics { get; }

    public ReadOnlyMemory<byte>? UserData { get; }

    public IReadOnlyList<TopicPartition> OwnedPartitions { get; }

    public int GenerationId { get; }

    public string? RackId { get; }

    /// <exception cref="StreamsException">The bytes are no subscription (Corrupt).</exception>
    public static ConsumerSubscription Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes, What);
        var version = reader.ReadInt16();
        StoredBytes.CheckVersion(What, version, short.MaxValue);
        var topics = new string[reader.ReadArrayLength(sizeof(short))];
        for (var index = 0; index < topics.Length; index++)
        {
            topics[index] = reader.ReadString();
        }

        var userData = reader.ReadNullableBytes() is { } data ? data.ToArray() : (ReadOnlyMemory<byte>?)null;
        var owned = version >= OwnedPartitionsVersion ? TopicPartitions.ReadArray(ref reader) : [];
        var generation = version >= GenerationVersion ? reader.ReadInt32() : -1;
        var rack = version >= RackVersion ? reader.ReadNullableString() : null;
        if (version <= CurrentVersion)
        {
            StoredBytes.ThrowUnlessAtEnd(reader);
        }

        return new(topics, userData, owned, generation, rack, TopicPartitions.Flatten(owned));
    }

    /// <summary>Writes a version; fields that it does not have are left out.</summary>
    public byte[] Write(short version = CurrentVersion)
        => StoredBytes.Write(this, StoredBytes.CheckVersion(What, version, CurrentVersion), isFlexible: false, WriteFields);

    private static void WriteFields(ref WireWriter writer, ConsumerSubscription subscription, short version)
    {
        writer.WriteArrayLength(subscription.Topics.Count);
        foreach (var topic in subscription.Topics)
        {
            writer.WriteString(topic);
        }

        writer.WriteNullableBytes(subscription.UserData);
        if (version >= OwnedPartitionsVersion)
        {
            TopicPartitions.WriteArray(ref writer, subscription._owned);
        }

        if (version >= GenerationVersion)
        {
            writer.WriteInt32(subscription.GenerationId);
        }

        if (version >= RackVersion)
        {
            writer.WriteString(subscription.RackId);
        }
    }
}
