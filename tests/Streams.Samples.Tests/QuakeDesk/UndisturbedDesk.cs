namespace Streams.Samples.Tests.QuakeDesk;

/// <summary>A run on a new directory that nobody disturbs, made once for the tests that look at it or go on after it.</summary>
public sealed class UndisturbedDesk : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal string Folder => _folder.Path;

    internal Desk FirstRun { get; private set; } = null!;

    public async ValueTask InitializeAsync() => FirstRun = await Desk.RunAsync(Folder);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
