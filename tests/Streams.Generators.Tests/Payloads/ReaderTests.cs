using MessagePack;
using Streams.Generators.Tests.Corpus;

namespace Streams.Generators.Tests.Payloads;

/// <summary>What a reader takes and refuses, and how it says where.</summary>
public sealed class ReaderTests
{
    [Theory]
    [InlineData("9207a26162", 7, "ab")]
    [InlineData("9207c0", 7, null)]
    [InlineData("92d30000000000000007a26162", 7, "ab")]
    [InlineData("93d0 07 a26162 91c0", 7, "ab")]
    [InlineData("9107", 7, null)]
    [InlineData("90", 0, null)]
    public void Read_OfOtherLayoutsOfTheSame_TakesThem(string hex, int number, string? text)
        => Assert.Equal(new Simple(number, text), MessagePayload.Deserialize<Simple>(Bytes(hex)));

    [Theory]
    [InlineData("", "Simple", 0, "end too early")]
    [InlineData("c0", "Simple", 0, "found nil")]
    [InlineData("07", "Simple", 1, "")]
    [InlineData("8107a26162", "Simple", 1, "")]
    [InlineData("92", "Simple", 1, "end too early")]
    [InlineData("9207", "Simple", 1, "end too early")]
    [InlineData("92a16100", "Simple.Number", 2, "")]
    [InlineData("92c0c0", "Simple.Number", 2, "")]
    [InlineData("92ca3f800000c0", "Simple.Number", 2, "")]
    [InlineData("92cf0000000100000000c0", "Simple.Number", 10, "out of the range")]
    [InlineData("920705", "Simple.Text", 3, "")]
    [InlineData("9207c4016100", "Simple.Text", 3, "")]
    [InlineData("9207a2ff41", "Simple.Text", 5, "not valid UTF-8")]
    [InlineData("9207a5616263", "Simple.Text", 3, "end too early")]
    [InlineData("9207a2616200", "Simple", 5, "1 bytes follow the message")]
    [InlineData("9307a26162c1", "Simple", 5, "")]
    public void Read_OfAnythingElse_SaysWhatAndWhere(string hex, string path, int position, string text)
    {
        var error = Assert.Throws<MalformedPayloadException>(() => MessagePayload.Deserialize<Simple>(Bytes(hex)));

        Assert.Equal((path, position), (error.MemberPath, error.Position));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Equal(StreamsErrorCode.MalformedPayload, error.Code);
    }

    [Fact]
    public void Read_DeepInside_NamesThePath()
    {
        // [[..., map {"a": [[1, "x"], [nil, "y"]]}]]: the number of the second element is nil.
        var bytes = Bytes("92 c0 81 a161 92 9201a178 92c0a179");

        var error = Assert.Throws<MalformedPayloadException>(() => MessagePayload.Deserialize<Deep>(bytes));

        Assert.Equal("Deep.Map[0][1].Number", error.MemberPath);
        Assert.Equal(bytes.Length - 2, error.Position);
    }

    [Theory]
    [InlineData("91 d7fffffffffc00000000", "nanoseconds")]
    [InlineData("91 c70cff3b9aca000000000000000000", "nanoseconds")]
    [InlineData("91 c70cff000000007fffffffffffffff", "")]
    [InlineData("91 d6fe00000000", "extension -2")]
    [InlineData("91 c7ffff00", "")]
    [InlineData("91 05", "")]
    public void Read_OfAFaultyTime_IsRefused(string hex, string text)
        => Assert.Contains(
            text,
            Assert.Throws<MalformedPayloadException>(() => MessagePayload.Deserialize<OneTime>(Bytes(hex))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_WhenATextKeyComesTwice_IsRefused()
    {
        var error = Assert.Throws<MalformedPayloadException>(() => MessagePayload.Deserialize<TextKeys>(Bytes("82 a26964 01 a26964 02")));

        Assert.Equal("TextKeys.Id", error.MemberPath);
        Assert.Contains("twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfUnknownTextKeys_PassesThem()
        => Assert.Equal(1, MessagePayload.Deserialize<TextKeys>(Bytes("82 a3666f6f 92c0c0 a26964 01")).Id);

    [Fact]
    public void Read_WhenADictionaryKeyComesTwice_IsRefused()
        => Assert.Equal(
            "Deep.Map[1]",
            Assert.Throws<MalformedPayloadException>(() => MessagePayload.Deserialize<Deep>(Bytes("92 c0 82 a161 90 a161 90"))).MemberPath);

    [Fact]
    public void Read_OfAShorterArray_LeavesInitialValuesOfSettersAlone()
    {
        var read = MessagePayload.Deserialize<Initialised>(Bytes("91 05"));

        Assert.Equal((5, "initial"), (read.First, read.Second));
    }

    [Fact]
    public void Read_WhenTheConstructorRefuses_IsMalformed()
    {
        var error = Assert.Throws<MalformedPayloadException>(() => MessagePayload.Deserialize<Refusing>(Bytes("91 ff")));

        Assert.IsType<ArgumentOutOfRangeException>(error.InnerException);
    }

    [Theory]
    [InlineData(499, true)]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public void Read_OfNestedObjects_EndsAtTheDepthThePackageTakes(int depth, bool isTaken)
    {
        // Each level is the object [next].
        var bytes = Enumerable.Repeat((byte)0x91, depth - 1).Append((byte)0x90).ToArray();

        var read = Record.Exception(() => MessagePayload.Deserialize<Chain>(bytes));

        Assert.Equal(isTaken, read is null);
        if (read is not null)
        {
            Assert.Contains("nested deeper than 500", Assert.IsType<MalformedPayloadException>(read).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_OfDeepNestingInAnUnknownSlot_TakesNoStack()
    {
        byte[] bytes = [0x93, 0x07, 0xc0, .. Enumerable.Repeat((byte)0x91, 1_000_000), 0xc0];

        Assert.Equal(7, MessagePayload.Deserialize<Simple>(bytes).Number);
    }

    [Fact]
    public void Write_OfACycle_IsRefused()
    {
        var chain = new Chain();
        chain.Next = chain;

        var error = Assert.Throws<StreamsException>(() => MessagePayload.Serialize(chain));

        Assert.Equal(StreamsErrorCode.InvalidRecord, error.Code);
    }

    [Fact]
    public void Write_OfAsDeepAsReadersTake_IsRead()
    {
        Chain? chain = null;
        for (var depth = 0; depth < 500; depth++)
        {
            chain = new Chain { Next = chain };
        }

        Assert.NotNull(MessagePayload.Deserialize<Chain>(MessagePayload.Serialize(chain!)));
        Assert.Throws<StreamsException>(() => MessagePayload.Serialize(new Chain { Next = chain }));
    }

    [Fact]
    public void Write_OfNull_IsAnArgumentNullException()
    {
        Assert.Throws<ArgumentNullException>(() => MessagePayload.Serialize<Simple>(null!));
        Assert.Throws<ArgumentNullException>(() => Keys.Of<Simple>(null!));
    }

    [Theory]
    [InlineData("dd7fffffff")]
    [InlineData("91 dd7fffffff")]
    [InlineData("92 c0 df7fffffff")]
    [InlineData("92 c0 81 dbffffffff")]
    [InlineData("92 c0 81 a161 dd00100000")]
    public void Read_WhenACountLies_AllocatesNothingOnItsWord(string hex)
    {
        var bytes = Bytes(hex);
        Assert.Throws<MalformedPayloadException>(() => MessagePayload.Deserialize<Deep>(bytes));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<MalformedPayloadException>(() => MessagePayload.Deserialize<Deep>(bytes));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Fact]
    public void Vectors_AreTheGoldenOnes()
    {
        var vectors = new Vectors(
            127, 128, 256, 65536, -1, -33, -129, int.MinValue, 'A', '€', "é", [1, 2], [1, 200], new() { ["k"] = 1 },
            Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), 1.10m,
            new(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), new(2024, 1, 2), new(3, 4, 5), null);
        const string Hex = "dc0014 7f cc80 cd0100 ce00010000 ff d0df d1ff7f d280000000 41 cd20ac a2c3a9 c4020102 9201ccc8 81a16b01 "
            + "d92430303131323233332d343435352d363637372d383839392d616162626363646465656666 a4312e3130 d6ff65937d25 ce000b4646 "
                + "cf00000019b7554080 c0";

        Assert.Equal(Hex.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(MessagePayload.Serialize(vectors)));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
