using System.Globalization;
using System.Text;

namespace Streams.Analyzers.Tests.Commits.Precision;

/// <summary>
/// Holds the analysis against the truth: thousands of generated handlers, each executed under every choice of failing calls to learn
/// whether its message can be lost or its partition get stuck. Nothing that can happen may be missed, and little else reported.
/// </summary>
public sealed class PrecisionTests
{
    private const int Bodies = 400;
    private const double FalseAlarmsMax = 0.01;

    // Any of these says that a message can be lost; dropped work is reported whatever follows it.
    private static readonly string[] LossRules = ["STRM0002", "STRM0003", "STRM0004", "STRM0005", "STRM0006", "STRM0008"];

    private static readonly string[] CommitRules = ["STRM0002", "STRM0003", "STRM0004", "STRM0005", "STRM0008"];

    [Theory]
    [InlineData("Manual", 1)]
    [InlineData("Manual", 2)]
    [InlineData("Auto", 3)]
    public async Task Analysis_OfGeneratedHandlers_MissesNothingAndHardlyErrs(string policy, int part)
    {
        var isManual = policy == "Manual";
        var cases = Enumerable.Range(part * 1_000_000, Bodies)
            .Select(seed => (Seed: seed, Body: new BodyGenerator(seed, isManual).Generate()))
            .Select(item => (item.Seed, item.Body, Truth: Interpreter.Explore(item.Body, isManual)))
            .Where(item => !item.Truth.IsTooLarge)
            .Select((item, index) => (item.Seed, item.Truth, Written: BodyWriter.Write(item.Body, policy, index)))
            .ToArray();

        var found = await CommitCases.FindAllAsync(
            [.. LossRules, "STRM0010", "STRM0012"], [.. cases.Select(item => item.Written.Text), BodyWriter.Helpers]);

        var count = new Count();
        for (var index = 0; index < cases.Length; index++)
        {
            var reported = found[index];
            var (seed, truth, written) = cases[index];
            count.Add(seed, written.Text, truth.CanBeLost, reported.Any(item => LossRules.Contains(item.Id)), "a loss");
            count.Add(
                seed, written.Text, truth.CanOvertakeDroppedWork,
                truth.CanOvertakeDroppedWork && reported.Any(item => item.Id == "STRM0010"), "dropped work");
            count.Add(seed, written.Text, truth.CanBeStuck, reported.Any(item => item.Id == "STRM0012"), "a path without an outcome");
            var commits = reported.Where(item => CommitRules.Contains(item.Id))
                .Select(item => written.Commits.TryGetValue(item.Line, out var commit) ? commit : -1).ToHashSet();
            foreach (var commit in written.Commits)
            {
                count.Add(
                    seed, written.Text, truth.LosingCommits.Contains(commit.Value), commits.Contains(commit.Value),
                    $"commit in line {commit.Key + 1}");
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{policy}: {cases.Length} bodies. {count}");
        Assert.True(cases.Length > Bodies * 0.9, $"Only {cases.Length} of {Bodies} bodies could be executed completely.");
        Assert.True(count.Hits > 50, "The grammar makes too few handlers that lose messages to prove anything.");
        Assert.True(count.Missed == 0, count.Report("Missed"));
        Assert.True(count.FalseAlarms <= FalseAlarmsMax * count.Safe, count.Report("False alarms"));
    }

    private sealed class Count
    {
        private readonly StringBuilder _missed = new();
        private readonly StringBuilder _false = new();

        public int Hits { get; private set; }

        public int Safe { get; private set; }

        public int Missed { get; private set; }

        public int FalseAlarms { get; private set; }

        public void Add(int seed, string text, bool isTrue, bool isReported, string what)
        {
            Safe += isTrue ? 0 : 1;
            Hits += isTrue && isReported ? 1 : 0;
            if (isTrue && !isReported)
            {
                Missed++;
                Note(_missed, Missed, seed, text, what);
            }
            else if (!isTrue && isReported)
            {
                FalseAlarms++;
                Note(_false, FalseAlarms, seed, text, what);
            }
        }

        public string Report(string title) => $"{this}\n{title}, replayed by their seed:\n{(title == "Missed" ? _missed : _false)}";

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Hits} hits, {Missed} missed, {Safe} safe, {FalseAlarms} false alarms ({100.0 * FalseAlarms / Math.Max(Safe, 1):0.00} %)");

        private static void Note(StringBuilder notes, int number, int seed, string text, string what)
        {
            if (number <= 5)
            {
                notes.AppendLine(CultureInfo.InvariantCulture, $"--- seed {seed}: {what}").AppendLine(text);
            }
        }
    }
}
