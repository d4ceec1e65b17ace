using Streams.Analyzers.Tests.Commits;

namespace Streams.Analyzers.Tests;

/// <summary>
/// What must stay silent: for each rule a file of look-alikes, one handler body a line. A false alarm somebody reports becomes a line there.
/// </summary>
public sealed class CorpusTests
{
    private const int LookAlikesMin = 10;

    [Fact]
    public async Task LookAlikes_OfEveryRule_AreSilent()
    {
        var cases = Files().SelectMany(file => Read(file)).ToArray();
        var sources = cases.Select((item, index) => item.Write(index)).ToArray();

        var found = await CommitCases.FindAllAsync([.. cases.Select(item => item.Id).Distinct()], sources);

        var alarms = cases.Select((item, index) => (item.Id, Source: sources[index], Found: found[index]))
            .Where(item => item.Found.Any(diagnostic => diagnostic.Id == item.Id))
            .Select(item => $"{item.Id} is reported in{Environment.NewLine}{item.Source}");
        Assert.True(!alarms.Any(), string.Join(Environment.NewLine, alarms));
    }

    [Fact]
    public void Files_HoldEnoughLookAlikes()
        => Assert.All(Files(), file => Assert.True(Read(file).Count() >= LookAlikesMin, $"{file} has too few."));

    private static string[] Files()
        => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Corpus"), "STRM*.txt").Order(StringComparer.Ordinal)];

    private static IEnumerable<Case> Read(string file)
    {
        var id = Path.GetFileNameWithoutExtension(file);
        var kind = "";
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)))
        {
            if (line.StartsWith("policy: ", StringComparison.Ordinal) || line.StartsWith("batch: ", StringComparison.Ordinal)
                || line == "class:")
            {
                kind = line;
            }
            else
            {
                yield return new Case(id, kind, line);
            }
        }
    }

    private sealed record Case(string Id, string Kind, string Text)
    {
        public string Write(int index) => Kind.Split(": ") switch
        {
            ["policy", var policy] => CommitCases.Handler(policy, index, Text),
            ["batch", var policy] => CommitCases.Handler(policy, index, Text, "MessageBatch<M> batch, BatchContext ctx"),
            _ => Text,
        };
    }
}
