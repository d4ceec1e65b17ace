using MessagePack;
using Streams.Generators.Tests.Corpus;

namespace Streams.Generators.Tests.Payloads;

/// <summary>The MessagePack package itself decides which bytes are right, in both directions, over random values.</summary>
public sealed class OracleTests
{
    private const int Rounds = 150;

    public static TheoryData<string> Names() => [.. CorpusCase.Shapes.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_OfRandomValues_AreThoseOfThePackageBothWays(string name)
    {
        var corpus = CorpusCase.All[name];
        for (var seed = 0; seed < Rounds; seed++)
        {
            var value = corpus.Create(new Random(seed));
            var expected = corpus.OracleWrite(value);

            var actual = corpus.Write(value);

            Assert.True(expected.AsSpan().SequenceEqual(actual), Explain(name, seed, expected, actual));

            AssertSame(name, seed, expected, corpus.OracleWrite(corpus.Read(expected)));
            AssertSame(name, seed, expected, corpus.Write(corpus.OracleRead(actual)));
        }
    }

    [Fact]
    public void ImplicitPositions_ArePositionalFirstThenAsDeclared()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var values = new RandomValues(new Random(seed));
            var twin = (ImplicitTwin)values.Create(typeof(ImplicitTwin))!;
            var message = new Implicit(twin.First, twin.Second, Convert(twin.Third))
            {
                Fourth = twin.Fourth,
                Fifth = twin.Fifth,
                Ignored = 1,
            };
            var expected = MessagePackSerializer.Serialize(twin, CorpusCase.Oracle);

            Assert.Equal(Hex(expected), Hex(MessagePayload.Serialize(message)));
            Assert.Equal(Hex(expected), Hex(MessagePayload.Serialize(MessagePayload.Deserialize<Implicit>(expected))));
        }

        static ImplicitPlain? Convert(ImplicitPlainTwin? twin)
            => twin is null ? null : new(twin.Id) { More = twin.More?.ConvertAll(more => Convert(more)!) };
    }

    [Fact]
    public void ImplicitPositions_OfBaseTypes_ComeFirst()
    {
        var message = new ImplicitDerived(Guid.NewGuid(), "name") { Version = 7 }.WithNote("private setters are read back");
        var expected = MessagePackSerializer.Serialize(new ImplicitDerivedTwin(message.Id, 7, "name", message.Note), CorpusCase.Oracle);

        Assert.Equal(Hex(expected), Hex(MessagePayload.Serialize(message)));
        Assert.Equal(message, MessagePayload.Deserialize<ImplicitDerived>(expected));
    }

    private static void AssertSame(string name, int seed, byte[] expected, byte[] actual)
        => Assert.True(expected.AsSpan().SequenceEqual(actual), Explain(name, seed, expected, actual));

    private static string Hex(byte[] bytes) => System.Convert.ToHexString(bytes);

    private static string Explain(string name, int seed, byte[] expected, byte[] actual)
        => $"{name}, seed {seed}\nexpected {Hex(expected)}\nactual   {Hex(actual)}";
}
