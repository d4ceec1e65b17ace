using Streams.Broker.Topics;

namespace Streams.Broker.Tests.Topics;

public sealed class TopicNamesTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("orders.eu-1_x")]
    [InlineData("...")]
    [InlineData("__mine")]
    public void Check_OfANameKafkaTakes_Passes(string name) => TopicNames.Check(name);

    [Fact]
    public void Check_OfTheLongestName_Passes() => TopicNames.Check(new string('a', 249));

    [Theory]
    [InlineData("", "0 characters")]
    [InlineData(".", "name folders")]
    [InlineData("..", "name folders")]
    [InlineData("a/b", "'/' at position 1")]
    [InlineData("a b", "' ' at position 1")]
    [InlineData("bestellungen-für", "'ü' at position 14")]
    [InlineData("a\0", "at position 1")]
    public void Check_OfANameKafkaRefuses_SaysWhy(string name, string why)
    {
        var error = Assert.Throws<StreamsException>(() => TopicNames.Check(name));

        Assert.Equal(StreamsErrorCode.InvalidTopic, error.Code);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OfANameThatIsTooLong_NamesTheBound()
        => Assert.Contains("250 characters, allowed are 1 to 249", Assert.Throws<StreamsException>(()
            => TopicNames.Check(new string('a', 250))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("a.b", "a_b", true)]
    [InlineData("a.b.c", "a_b.c", true)]
    [InlineData("a.b", "a-b", false)]
    [InlineData("a.b", "A_b", false)]
    [InlineData("a.b", "a.bc", false)]
    public void Collide_OfNamesThatDifferInDotsAndUnderscores_IsTrue(string one, string other, bool collide)
        => Assert.Equal(collide, TopicNames.Collide(one, other));

    // The text is that of Kafka's Uuid for the same bytes.
    [Fact]
    public void TopicIds_AreWrittenAsKafkaWritesThem()
    {
        var id = new Guid("00112233-4455-6677-8899-aabbccddeeff");

        Assert.Equal("ABEiM0RVZneImaq7zN3u_w", TopicIds.Format(id));
        Assert.True(TopicIds.TryParse("ABEiM0RVZneImaq7zN3u_w", out var parsed));
        Assert.Equal(id, parsed);
        Assert.False(TopicIds.TryParse("ABEiM0RVZneImaq7zN3u", out _));
        Assert.False(TopicIds.TryParse("not an id at all!!!!!!", out _));
    }

    [Fact]
    public void TopicIds_NeverBeginWithAHyphen()
    {
        var ids = new Queue<Guid>([new Guid("f8000000-0000-0000-0000-000000000001"), new Guid("00000000-0000-0000-0000-000000000002")]);
        Assert.Equal('-', TopicIds.Format(ids.Peek())[0]);

        Assert.Equal(new Guid("00000000-0000-0000-0000-000000000002"), TopicIds.Create(ids.Dequeue));
    }
}
