using System.Globalization;
using System.Text.RegularExpressions;

namespace Streams.Samples.Tests.QuakeDesk;

/// <summary>A run of QuakeDesk that has ended by itself: its table, and what it says about the run.</summary>
internal sealed partial record Desk(string Output, string Table, int Fed, IReadOnlyDictionary<string, (int Handled, int Repeated)> Groups)
{
    private const string RunLine = "This run fed ";

    /// <summary>Runs the built sample; it must end well.</summary>
    public static async Task<Desk> RunAsync(string folder, params string[] arguments)
        => Read(await StartAsync(folder, arguments));

    /// <summary>Runs the built sample, however it ends.</summary>
    public static Task<ProgramRun> StartAsync(string folder, params string[] arguments)
        => ProgramRun.StartAsync("dotnet", folder, ["exec", Repository.BuiltSample("QuakeDesk"), .. arguments]);

    /// <summary>Reads what a run has printed.</summary>
    public static Desk Read(ProgramRun run)
    {
        Assert.True(run.ExitCode == 0, $"Exit code {run.ExitCode}\n{run.Output}\n{run.Error}");
        var at = run.Output.IndexOf(RunLine, StringComparison.Ordinal);
        Assert.True(at > 0, run.Output);
        return new(
            run.Output,
            run.Output[..at].Trim(),
            Number(FedPattern().Match(run.Output).Groups[1]),
            GroupPattern().Matches(run.Output[at..]).ToDictionary(
                match => match.Groups[1].Value,
                match => (Number(match.Groups[2]), Number(match.Groups[3]))));
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(RunLine + @"([\d,]+) events\.")]
    private static partial Regex FedPattern();

    [GeneratedRegex(@"^  (\w+) +([\d,]+) +([\d,]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex GroupPattern();
}
