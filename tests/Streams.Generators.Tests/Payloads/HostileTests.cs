using Streams.Generators.Tests.Corpus;

namespace Streams.Generators.Tests.Payloads;

/// <summary>Bytes from somebody who means harm, or from a disk that failed: always the one exception, never another, never a hang.</summary>
public sealed class HostileTests
{
    public static TheoryData<string> Names() => [.. CorpusCase.All.Keys.Order(StringComparer.Ordinal)];

    // Every prefix of a payload is missing something, whatever the byte at which it was cut.
    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfEveryTruncation_IsMalformed(string name)
    {
        var corpus = CorpusCase.All[name];
        var bytes = corpus.Write(corpus.Create(new Random(7)));
        for (var length = 0; length < Math.Min(bytes.Length, 200); length++)
        {
            var prefix = bytes.AsMemory(0, length).ToArray();
            Assert.Throws<MalformedPayloadException>(() => corpus.Read(prefix));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfFlippedBytes_IsAMessageOrMalformed(string name)
    {
        var corpus = CorpusCase.All[name];
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var bytes = corpus.Write(corpus.Create(random));
            for (var flips = random.Next(1, 5); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = Nasty[random.Next(Nasty.Length)];
            }

            if (Record.Exception(() => corpus.Read(bytes)) is { } exception)
            {
                Assert.True(exception is MalformedPayloadException, $"{name}, seed {seed}: {exception}");
            }
        }
    }

    // Headers that promise much, types that do not fit, numbers at their ends.
    private static readonly byte[] Nasty =
    [
        0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc3, 0xc4, 0xc6,
        0xc7, 0xc9, 0xca, 0xcb, 0xcf, 0xd3, 0xd6, 0xd7, 0xd9, 0xdb, 0xdd, 0xdf, 0xff,
    ];
}
