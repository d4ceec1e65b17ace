namespace Streams.Protocol.Stored;

/// <summary>
/// What a record of <c>__consumer_offsets</c> is: the first two bytes of its key. Types that are not named here belong to newer
/// kinds of groups.
/// </summary>
internal enum StoredRecordType : short
{
    /// <summary>An offset commit as Kafka before 0.9 wrote it; read like <see cref="OffsetCommit"/>.</summary>
    LegacyOffsetCommit = 0,

    OffsetCommit = 1,

    GroupMetadata = 2,
}
