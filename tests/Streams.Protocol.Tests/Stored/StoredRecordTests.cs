using Streams.Protocol.Stored;

namespace Streams.Protocol.Tests.Stored;

public sealed class StoredRecordTests
{
    [Fact]
    public void OffsetCommit_ThatABrokerWrote_IsWrittenTheSame()
    {
        // Out of __consumer_offsets of a Kafka 4.3.1 broker: group "readers" committed 5000 for partition 0 of "lines".
        const string Key = "00010007726561646572730005" + "6C696E6573" + "00000000";
        const string Value = "00040000000000001388000000000" + "1000001A203BC21FF010010686E30547F044B8FAF83D8BE95C911A2";

        var value = OffsetCommitValue.Read(Convert.FromHexString(Value));

        Assert.Equal((5000, 0, ""), (value.Offset, value.LeaderEpoch, value.Metadata));
        Assert.NotEqual(Guid.Empty, value.TopicId);
        Assert.Equal(Value, Convert.ToHexString(value.Write()));
        Assert.Equal(Key, Convert.ToHexString(new OffsetCommitKey("readers", "lines", 0).Write()));
    }

    [Fact]
    public void EmptyGroup_ThatABrokerWrote_IsWrittenTheSame()
    {
        const string Value = "00030008636F6E73756D657200000002FFFFFFFF000001A203BC222500000000";

        var value = GroupMetadataValue.Read(Convert.FromHexString(Value));

        Assert.Equal(("consumer", 2, null, null), (value.ProtocolType, value.Generation, value.Protocol, value.Leader));
        Assert.Equal(Value, Convert.ToHexString(value.Write()));
    }

    [Fact]
    public void Subscription_OfThePlainConsumer_IsWrittenAsJavaDoes()
        => Assert.Equal(
            "0003" + "0000000100056C696E6573" + "FFFFFFFF" + "00000000" + "FFFFFFFF" + "FFFF",
            Convert.ToHexString(new ConsumerSubscription(["lines"], null, [], -1, null).Write()));

    [Fact]
    public void Assignment_OfPartitions_IsGroupedByTopic()
    {
        var assignment = new ConsumerAssignment([new("b", 1), new("a", 0), new("b", 0)], null);

        Assert.Equal(
            "0003" + "00000002" + "000162" + "000000020000000100000000" + "000161" + "0000000100000000" + "FFFFFFFF",
            Convert.ToHexString(assignment.Write()));
    }

    [Fact]
    public void OffsetCommitValue_WithAnExpiry_IsWrittenInTheOnlyVersionThatHasIt()
    {
        var value = new OffsetCommitValue(7, -1, "", 5, 9);

        var read = OffsetCommitValue.Read(value.Write());

        Assert.Equal(value with { UnknownTags = read.UnknownTags }, read);
        Assert.Equal(1, value.Write()[1]);
    }

    [Fact]
    public void Read_OfANewerVersion_SaysIt()
    {
        var error = Assert.Throws<StreamsException>(() => OffsetCommitValue.Read(new byte[] { 0, 9, 0 }));

        Assert.Equal("An offset commit value is damaged at byte 0: found version 9, expected 0 to 4: written by a newer broker?.",
            error.Message);
    }

    [Fact]
    public void Subscription_OfANewerClient_IsReadAsTheHighestKnown()
    {
        var bytes = new ConsumerSubscription(["a"], null, [new("a", 1)], 3, "rack").Write();
        byte[] newer = [0, 9, .. bytes[2..], 1, 2, 3];

        var subscription = ConsumerSubscription.Read(newer);

        Assert.Equal(("rack", 3), (subscription.RackId, subscription.GenerationId));
    }

    [Fact]
    public void Blobs_OfAMember_DoNotPointIntoTheBytesRead()
    {
        var group = new GroupMetadataValue("consumer", 1, "range", "m", 5, [new("m", null, "c", "h", 60_000, 45_000, new byte[] { 1,
            2 }, new byte[] { 3 })]);
        var bytes = group.Write();

        var read = GroupMetadataValue.Read(bytes);
        Array.Clear(bytes);

        Assert.Equal([1, 2], read.Members[0].Subscription.ToArray());
        Assert.Equal([3], read.Members[0].Assignment.ToArray());
    }

    [Theory]
    [InlineData("0000", 0)]
    [InlineData("0001", 1)]
    [InlineData("0002", 2)]
    [InlineData("0010", 16)]
    public void ReadType_OfAKey_IsItsNumber(string hex, short type)
        => Assert.Equal((StoredRecordType)type, StoredKey.ReadType(Convert.FromHexString(hex)));
}
