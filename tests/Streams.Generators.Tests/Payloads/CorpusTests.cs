using Streams.Generators.Tests.Corpus;

namespace Streams.Generators.Tests.Payloads;

/// <summary>Every kind of member in every family of containers: the package decides which bytes are right, the one we are built on and 3.x.</summary>
public sealed class CorpusTests
{
    private const int Rounds = 8;

    public static TheoryData<string> Known()
        => [.. CorpusSource.Contracts().Where(contract => contract is { Kind.IsNew: false, Family.IsNew: false })
            .Select(contract => contract.Name)];

    public static TheoryData<string> All() => [.. CorpusSource.Contracts().Select(contract => contract.Name)];

    [Fact]
    public void Corpus_IsLargeAndWhole()
    {
        Assert.InRange(Known().Count, 300, 1_000);
        Assert.Empty(CorpusSource.Contracts().Select(contract => contract.Name).Except(CorpusCase.All.Keys));
    }

    // Its source is written by a script, so that nobody has to write two thousand members. Accept a change as a snapshot.
    [Fact]
    public void Corpus_IsTheOneTheScriptWrites()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Streams.Generators.Corpus");
        foreach (var (name, text) in CorpusSource.Files())
        {
            var file = Path.Combine(folder, name);
            if (Environment.GetEnvironmentVariable("STREAMS_ACCEPT_SNAPSHOTS") == "1")
            {
                File.WriteAllText(file, text);
            }

            Assert.Equal(text, File.ReadAllText(file).ReplaceLineEndings("\n"));
        }
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void Bytes_AreThoseOfThePackage(string name) => Assert.Null(CorpusComparison.Find(name, Rounds, IsUnordered(name)));

    [Theory]
    [MemberData(nameof(All))]
    public void Bytes_AreThoseOfItsNextVersion(string name) => Assert.Null(MessagePackContext.Compare(name, Rounds, IsUnordered(name)));

    private static bool IsUnordered(string name) => CorpusSource.Contracts().Single(contract => contract.Name == name).Family.IsUnordered;
}
