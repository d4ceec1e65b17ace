using System.Globalization;

namespace Streams.Samples.Tests.QuakeDesk;

/// <summary>The sample as people run it: a process of its own on real input. The tests share one data directory, whatever their order.</summary>
public sealed class QuakeDeskTests(UndisturbedDesk desk) : IClassFixture<UndisturbedDesk>
{
    private static readonly string[] GroupIds = ["alerts", "latest", "regions"];
    private readonly Week _week = new();

    [Fact]
    public void Run_OnANewDirectory_PrintsTheFiguresOfTheFile()
        => Assert.Equal(_week.Lines(), Words(desk.FirstRun.Table));

    [Fact]
    public void Run_OnANewDirectory_HandlesEveryEventOnceInEveryGroup()
    {
        Assert.Equal(_week.Events, desk.FirstRun.Fed);
        AssertGroups(desk.FirstRun, handled: _week.Events, repeated: 0);
    }

    [Fact]
    public void Run_WhenOutputIsRedirected_PrintsNoControlCharacters()
        => Assert.DoesNotContain(desk.FirstRun.Output.ReplaceLineEndings("\n"), letter => char.IsControl(letter) && letter != '\n');

    [Fact]
    public void Readme_ShowsWhatIsPrinted()
        => Assert.Contains(
            desk.FirstRun.Output.Trim().ReplaceLineEndings("\n"),
            File.ReadAllText(Path.Combine(Repository.Root, "samples/QuakeDesk/README.md")).ReplaceLineEndings("\n"));

    [Fact]
    public async Task Run_OnTheSameDirectoryAgain_FeedsAndHandlesNothing()
    {
        var again = await Desk.RunAsync(desk.Folder);

        Assert.Equal(desk.FirstRun.Table, again.Table);
        Assert.Equal(0, again.Fed);
        AssertGroups(again, handled: 0, repeated: 0);
    }

    [Fact]
    public async Task Replay_HandlesEverythingAgain_AndChangesNothing()
    {
        var replay = await Desk.RunAsync(desk.Folder, "--replay");

        Assert.Equal(desk.FirstRun.Table, replay.Table);
        Assert.Equal(0, replay.Fed);
        AssertGroups(replay, handled: _week.Events, repeated: _week.Events);
    }

    [Fact]
    public async Task Since_HandlesWhatWasPublishedSinceThen_AndChangesNothing()
    {
        const string From = "2018-02-06T12:00Z";
        var published = _week.EventsSince(DateTimeOffset.Parse(From, CultureInfo.InvariantCulture));

        var since = await Desk.RunAsync(desk.Folder, "--since", From);

        Assert.Equal(desk.FirstRun.Table, since.Table);
        Assert.InRange(published, 1, _week.Events - 1);
        AssertGroups(since, handled: published, repeated: published);
    }

    // Two processes are killed while they work: the first early, while the week is being fed perhaps, the second in the middle. What was
    // handled and not committed is handled again; nothing is lost, and the table is that of the run nobody disturbed.
    [Fact]
    public async Task CrashAfter_TwiceAndThenARun_LosesNothing()
    {
        using var folder = new TemporaryFolder();
        const int Early = 500;
        const int Later = 3_000;

        await CrashAsync(folder.Path, Early);
        await CrashAsync(folder.Path, Later);
        var last = await Desk.RunAsync(folder.Path);

        Assert.Equal(desk.FirstRun.Table, last.Table);
        var (handled, repeated) = (last.Groups.Values.Sum(group => group.Handled), last.Groups.Values.Sum(group => group.Repeated));
        Assert.True(repeated > 0, last.Output);
        Assert.True(handled - repeated <= (GroupIds.Length * _week.Events) - Early, last.Output);
    }

    private static async Task CrashAsync(string folder, int records)
    {
        var crash = await Desk.StartAsync(folder, "--crash-after", records.ToString(CultureInfo.InvariantCulture));
        Assert.NotEqual(0, crash.ExitCode);
        Assert.Equal("", crash.Output);
    }

    private static void AssertGroups(Desk desk, int handled, int repeated)
    {
        Assert.Equal(GroupIds, desk.Groups.Keys.Order(StringComparer.Ordinal));
        Assert.All(desk.Groups.Values, group => Assert.Equal((handled, repeated), group));
    }

    private static IEnumerable<string> Words(string table)
        => table.Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            .Where(line => line.Length > 0);
}
