using Streams.Generators.Tests.Contracts;

namespace Streams.Generators.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Deserialize_OfWhatWasSerialized_ReturnsAnEqualMessage()
    {
        var order = new OrderPlaced(Guid.NewGuid(), "Ada", 12.50m);

        Assert.Equal(order, MessagePayload.Deserialize<OrderPlaced>(MessagePayload.Serialize(order)));
    }

    [Fact]
    public void Deserialize_WhenAMemberIsWrong_NamesItAndItsPosition()
    {
        var shipped = new OrderShipped(Guid.Empty, [new("a", 1, new("b", 2, null))], new() { ["x"] = 1 }, default);
        var bytes = MessagePayload.Serialize(shipped);
        bytes[^20] = 0xc1;

        var error = Assert.Throws<MalformedPayloadException>(() => MessagePayload.Deserialize<OrderShipped>(bytes));

        Assert.StartsWith("OrderShipped.", error.MemberPath, StringComparison.Ordinal);
    }
}
