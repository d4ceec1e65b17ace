namespace Streams.Samples.Tests.QuakeDesk;

/// <summary>A command line that makes no sense ends before anything is opened.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("There is no option '--quick'.", "--quick")]
    [InlineData("The option '--data' needs a value.", "--data")]
    [InlineData("'soon' is no time; write one such as 2018-02-06T12:00Z.", "--since", "soon")]
    [InlineData("'0' is no number of records; write 1 or more.", "--crash-after", "0")]
    public async Task Run_WhenTheCommandLineMakesNoSense_SaysWhyAndShowsTheUsage(string fault, params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        var run = await Desk.StartAsync(folder.Path, arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(fault, run.Error);
        Assert.Contains("Usage: QuakeDesk", run.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
