using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Streams.Generators.Tests.Driving;

/// <summary>
/// Compares generated files with the recorded ones, named as Verify names them, beside the test. A difference writes a received
/// file; accept it by renaming, or all at once by running with STREAMS_ACCEPT_SNAPSHOTS=1.
/// </summary>
internal static class Snapshot
{
    public static void Matches(GeneratorDriverRunResult result, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var folder = Path.GetDirectoryName(file)!;
        var prefix = $"{Path.GetFileNameWithoutExtension(file)}.{method}";
        var actual = result.Results.SelectMany(run => run.GeneratedSources)
            .Where(source => source.HintName is not "EmbeddedAttribute.g.cs")
            .ToDictionary(
                source => $"{prefix}#{source.HintName[..^".cs".Length]}",
                source => $"//HintName: {source.HintName}\n{source.SourceText.ToString().ReplaceLineEndings("\n")}",
                StringComparer.Ordinal);
        var known = Directory.EnumerateFiles(folder, prefix + "#*.verified.cs").ToDictionary(
            path => Path.GetFileName(path)[..^".verified.cs".Length],
            path => File.ReadAllText(path).ReplaceLineEndings("\n"),
            StringComparer.Ordinal);
        var accept = Environment.GetEnvironmentVariable("STREAMS_ACCEPT_SNAPSHOTS") == "1";
        foreach (var (name, text) in actual.Where(pair => !known.TryGetValue(pair.Key, out var verified) || verified != pair.Value))
        {
            File.WriteAllText(Path.Combine(folder, name + (accept ? ".verified.cs" : ".received.cs")), text);
        }

        if (accept)
        {
            foreach (var stale in known.Keys.Except(actual.Keys))
            {
                File.Delete(Path.Combine(folder, stale + ".verified.cs"));
            }
        }
        else
        {
            Assert.Equal(known.OrderBy(pair => pair.Key, StringComparer.Ordinal), actual.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        }
    }
}
