using Streams.Protocol.Primitives;

namespace Streams.Protocol.Stored;

/// <summary>One member inside a <see cref="GroupMetadataValue"/>. Timeouts in milliseconds.</summary>
/// <param name="MemberId">The id the coordinator gave.</param>
/// <param name="GroupInstanceId">The name of a static member, or <see langword="null"/> (version 3).</param>
/// <param name="ClientId">The client's name for itself.</param>
/// <param name="ClientHost">The address it joined from.</param>
/// <param name="RebalanceTimeout">How long a rebalance waits for it, or -1 (version 1).</param>
/// <param name="SessionTimeout">How long it may be silent.</param>
/// <param name="Subscription">Its <see cref="ConsumerSubscription"/>, for groups of consumers.</param>
/// <param name="Assignment">Its <see cref="ConsumerAssignment"/>, for groups of consumers.</param>
internal sealed record MemberMetadata(
    string MemberId,
    string? GroupInstanceId,
    string ClientId,
    string ClientHost,
    int RebalanceTimeout,
    int SessionTimeout,
    ReadOnlyMemory<byte> Subscription,
    ReadOnlyMemory<byte> Assignment)
{
    private const short RebalanceTimeoutVersion = 1;
    private const short InstanceVersion = 3;

    /// <summary>The fewest bytes of a member: six lengths and a number, in the flexible version.</summary>
    internal const int SizeMin = 11;

    /// <summary>Gets tagged fields of a newer broker, to be written back (version 4).</summary>
    public IReadOnlyList<TaggedField> UnknownTags { get; init; } = [];

    internal static MemberMetadata Read(ref WireReader reader, short version)
        => new(
            reader.ReadString(),
            version >= InstanceVersion ? reader.ReadNullableString() : null,
            reader.ReadString(),
            reader.ReadString(),
            version >= RebalanceTimeoutVersion ? reader.ReadInt32() : -1,
            reader.ReadInt32(),
            reader.ReadBytes().ToArray(),
            reader.ReadBytes().ToArray())
        {
            UnknownTags = reader.ReadUnknownTags(),
        };

    internal void Write(ref WireWriter writer, short version)
    {
        writer.WriteString(MemberId);
        if (version >= InstanceVersion)
        {
            writer.WriteString(GroupInstanceId);
        }

        writer.WriteString(ClientId);
        writer.WriteString(ClientHost);
        if (version >= RebalanceTimeoutVersion)
        {
            writer.WriteInt32(RebalanceTimeout);
        }

        writer.WriteInt32(SessionTimeout);
        writer.WriteBytes(Subscription.Span);
        writer.WriteBytes(Assignment.Span);
        writer.WriteTags(UnknownTags);
    }
}
