namespace Streams.Hosting.Tests;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("streams-hosting-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
