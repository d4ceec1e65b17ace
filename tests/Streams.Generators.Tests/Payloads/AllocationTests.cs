using Streams.Generators.Tests.Corpus;

namespace Streams.Generators.Tests.Payloads;

/// <summary>Writing allocates nothing.</summary>
public sealed class AllocationTests
{
    // All but those whose own enumerators allocate: trees need a stack to walk, and what others may change is copied first.
    public static TheoryData<string> Names()
        => [.. CorpusSource.Contracts().Where(contract => !contract.Family.Allocates).Select(contract => contract.Name),
            .. CorpusCase.Shapes];

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
