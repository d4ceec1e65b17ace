using Streams.Generators.Tests.Corpus;

namespace Streams.Generators.Tests.Payloads;

/// <summary>Writing allocates nothing.</summary>
public sealed class AllocationTests
{
    // Their own enumerators allocate: trees need a stack to walk, and a concurrent dictionary is walked by an iterator.
    private static readonly string[] Enumerating =
    [
        nameof(OfSortedSet), nameof(OfSortedDictionary), nameof(OfSortedList), nameof(OfConcurrentDictionary), nameof(OfReadOnlyDictionary),
        nameof(OfImmutableList), nameof(OfImmutableHashSet), nameof(OfImmutableSortedSet),
        nameof(OfImmutableDictionary), nameof(OfImmutableSortedDictionary),
    ];

    public static TheoryData<string> Names() => [.. CorpusCase.All.Keys.Except(Enumerating).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_AllocatesNothing(string name)
    {
        var corpus = CorpusCase.All[name];
        for (var seed = 0; seed < 20; seed++)
        {
            var allocated = corpus.AllocatedByWrite(corpus.Create(new Random(seed)));

            Assert.True(allocated == 0, $"{name}, seed {seed}: {allocated} bytes");
        }
    }
}
