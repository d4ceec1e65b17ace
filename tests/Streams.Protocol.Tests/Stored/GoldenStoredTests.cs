using System.Buffers.Binary;
using System.Text.Json;
using Streams.Protocol.Stored;
using Streams.Protocol.Tests.Golden;

namespace Streams.Protocol.Tests.Stored;

/// <summary>
/// The records of <c>__consumer_offsets</c> and the blobs of the consumer protocol, in every version, as Kafka wrote them: read
/// and written back.
/// </summary>
public sealed class GoldenStoredTests
{
    private static readonly IReadOnlyList<JsonElement> Lines = GoldenFile.Read("stored");

    private static readonly Dictionary<string, Func<byte[], object>> Readers = new(StringComparer.Ordinal)
    {
        ["OffsetCommitKey"] = bytes => OffsetCommitKey.Read(bytes),
        ["GroupMetadataKey"] = bytes => GroupMetadataKey.Read(bytes),
        ["OffsetCommitValue"] = bytes => OffsetCommitValue.Read(bytes),
        ["GroupMetadataValue"] = bytes => GroupMetadataValue.Read(bytes),
        ["ConsumerProtocolSubscription"] = bytes => ConsumerSubscription.Read(bytes),
        ["ConsumerProtocolAssignment"] = bytes => ConsumerAssignment.Read(bytes),
    };

    public static TheoryData<int> Of(string schema)
        => [.. Enumerable.Range(0, Lines.Count).Where(index => Lines[index].Text("schema") == schema)];

    public static TheoryData<int> All()
        => [.. Enumerable.Range(0, Lines.Count).Where(index => Readers.ContainsKey(Lines[index].Text("schema")!))];

    [Fact]
    public void Golden_HoldsEveryVersion()
    {
        Assert.Equal(15, Of("OffsetCommitValue").Count());
        Assert.Equal(15, Of("GroupMetadataValue").Count());
        Assert.Equal(3, Of("OffsetCommitKey").Count());
        Assert.Equal(3, Of("GroupMetadataKey").Count());
        Assert.Equal(12, Of("ConsumerProtocolSubscription").Count());
        Assert.Equal(12, Of("ConsumerProtocolAssignment").Count());
    }

    [Theory]
    [MemberData(nameof(Of), "OffsetCommitKey")]
    public void OffsetCommitKey_IsKafkas(int index)
    {
        var (bytes, body, type) = Record(index, isKey: true);
        var expected = new OffsetCommitKey(body.Text("group")!, body.Text("topic")!, body.Int("partition"));

        Assert.Equal(StoredRecordType.OffsetCommit, StoredKey.ReadType(bytes));
        Assert.Equal(expected, OffsetCommitKey.Read(bytes));
        AssertSame(bytes, expected.Write());
        AssertSame(bytes, OffsetCommitKey.Read(bytes).Write(type));
    }

    [Theory]
    [MemberData(nameof(Of), "GroupMetadataKey")]
    public void GroupMetadataKey_IsKafkas(int index)
    {
        var (bytes, body, type) = Record(index, isKey: true);
        var expected = new GroupMetadataKey(body.Text("group")!);

        Assert.Equal(StoredRecordType.GroupMetadata, StoredKey.ReadType(bytes));
        Assert.Equal(expected, GroupMetadataKey.Read(bytes));
        AssertSame(bytes, expected.Write());
        AssertSame(bytes, expected.Write(type));
    }

    [Theory]
    [MemberData(nameof(Of), "OffsetCommitValue")]
    public void OffsetCommitValue_IsKafkas(int index)
    {
        var (bytes, body, version) = Record(index, isKey: false);

        var value = OffsetCommitValue.Read(bytes);

        Assert.Equal(body.Number("offset"), value.Offset);
        Assert.Equal(body.Number("leaderEpoch", -1), value.LeaderEpoch);
        Assert.Equal(body.Text("metadata"), value.Metadata);
        Assert.Equal(body.Number("commitTimestamp"), value.CommitTimestamp);
        Assert.Equal(body.Number("expireTimestamp", -1), value.ExpireTimestamp);
        Assert.Equal(Uuid(body, "topicId"), value.TopicId);
        AssertSame(bytes, value.Write(version));
    }

    [Theory]
    [MemberData(nameof(Of), "GroupMetadataValue")]
    public void GroupMetadataValue_IsKafkas(int index)
    {
        var (bytes, body, version) = Record(index, isKey: false);

        var value = GroupMetadataValue.Read(bytes);

        Assert.Equal(body.Text("protocolType"), value.ProtocolType);
        Assert.Equal(body.Int("generation"), value.Generation);
        Assert.Equal(body.Text("protocol"), value.Protocol);
        Assert.Equal(body.Text("leader"), value.Leader);
        Assert.Equal(body.Number("currentStateTimestamp", -1), value.CurrentStateTimestamp);
        Assert.Equal(body.GetProperty("members").GetArrayLength(), value.Members.Count);
        foreach (var (expected, member) in body.GetProperty("members").EnumerateArray().Zip(value.Members))
        {
            Assert.Equal(expected.Text("memberId"), member.MemberId);
            Assert.Equal(expected.TryGetProperty("groupInstanceId", out var instance) ? instance.GetString()
                : null, member.GroupInstanceId);
            Assert.Equal(expected.Text("clientId"), member.ClientId);
            Assert.Equal(expected.Text("clientHost"), member.ClientHost);
            Assert.Equal(expected.Number("rebalanceTimeout", -1), member.RebalanceTimeout);
            Assert.Equal(expected.Int("sessionTimeout"), member.SessionTimeout);
            Assert.Equal(expected.GetProperty("subscription").GetBytesFromBase64(), member.Subscription.ToArray());
            Assert.Equal(expected.GetProperty("assignment").GetBytesFromBase64(), member.Assignment.ToArray());
        }

        AssertSame(bytes, value.Write(version));
    }

    [Theory]
    [MemberData(nameof(Of), "ConsumerProtocolSubscription")]
    public void ConsumerSubscription_IsKafkas(int index)
    {
        var (bytes, body, version) = Record(index, isKey: false);

        var subscription = ConsumerSubscription.Read(bytes);

        Assert.Equal(body.GetProperty("topics").EnumerateArray().Select(topic => topic.GetString()), subscription.Topics);
        Assert.Equal(Base64(body, "userData"), subscription.UserData?.ToArray());
        Assert.Equal(Partitions(body, "ownedPartitions"), subscription.OwnedPartitions);
        Assert.Equal(body.Number("generationId", -1), subscription.GenerationId);
        Assert.Equal(body.TryGetProperty("rackId", out var rack) ? rack.GetString() : null, subscription.RackId);
        AssertSame(bytes, subscription.Write(version));
    }

    [Theory]
    [MemberData(nameof(Of), "ConsumerProtocolAssignment")]
    public void ConsumerAssignment_IsKafkas(int index)
    {
        var (bytes, body, version) = Record(index, isKey: false);

        var assignment = ConsumerAssignment.Read(bytes);

        Assert.Equal(Partitions(body, "assignedPartitions"), assignment.Partitions);
        Assert.Equal(Base64(body, "userData"), assignment.UserData?.ToArray());
        AssertSame(bytes, assignment.Write(version));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Read_OfDamagedBytes_ReadsOrIsCorrupt(int index)
    {
        var schema = Lines[index].Text("schema")!;
        var (bytes, _, _) = Record(index, schema.EndsWith("Key", StringComparison.Ordinal));
        for (var size = 0; size < bytes.Length; size++)
        {
            Assert.True(IsRefused(schema, bytes[..size]), $"cut to {size} of {bytes.Length} bytes");
        }

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            _ = IsRefused(schema, bytes);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.False(IsRefused(schema, bytes));
    }

    private static bool IsRefused(string schema, byte[] bytes)
    {
        try
        {
            _ = Readers[schema](bytes);
            return false;
        }
        catch (StreamsException error)
        {
            Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
            return true;
        }
    }

    // A key stands behind its record type, a value and a blob behind their version.
    private static (byte[] Bytes, JsonElement Body, short Number) Record(int index, bool isKey)
    {
        var line = Lines[index];
        var number = (short)line.Int(isKey ? "recordType" : "version");
        byte[] bytes = [0, 0, .. line.Hex("hex")];
        BinaryPrimitives.WriteInt16BigEndian(bytes, number);
        return (bytes, line.GetProperty("body"), number);
    }

    private static void AssertSame(byte[] expected, byte[] written)
        => Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(written));

    private static byte[]? Base64(JsonElement body, string name)
        => body.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetBytesFromBase64() : null;

    private static Guid Uuid(JsonElement body, string name)
        => body.TryGetProperty(name, out var text)
            ? new(Convert.FromBase64String(text.GetString()!.Replace('-', '+').Replace('_', '/') + "=="), bigEndian: true)
            : Guid.Empty;

    private static IEnumerable<TopicPartition> Partitions(JsonElement body, string name)
        => body.TryGetProperty(name, out var topics)
            ? topics.EnumerateArray().SelectMany(topic => topic.GetProperty("partitions").EnumerateArray()
                .Select(partition => new TopicPartition(topic.Text("topic")!, partition.GetInt32())))
            : [];
}
