using System.Runtime.InteropServices;

namespace Streams.Samples.Tests.QuakeDesk;

/// <summary>NativeAOT is a promise: the sample publishes without a trim or AOT warning, and the native file prints the same.</summary>
[Trait("Category", "Native")]
public sealed class NativeQuakeDeskTests
{
    // Warnings are errors in this repository, those of the trimmer and the native compiler included: a publish that succeeds had none.
    [Fact]
    public async Task Publish_AsNative_HasNoWarningAndRunsTheSame()
    {
        Assert.SkipUnless(
            OperatingSystem.IsWindows() || OnPath("clang") || OnPath("gcc"),
            "NATIVE TEST SKIPPED: neither clang nor gcc is installed, so nothing shows that the sample is ready for NativeAOT.");
        using var folder = new TemporaryFolder();
        var published = Path.Combine(folder.Path, "published");

        // Artifacts of its own: nothing of what the other tests run is rebuilt under them, and the next time less is to do.
        var publish = await ProgramRun.StartAsync(
            "dotnet",
            Repository.Root,
            ["publish", "samples/QuakeDesk", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", published,
                "--artifacts-path", Path.Combine(Repository.Root, "artifacts", "native"), "-nologo"]);
        Assert.True(publish.ExitCode == 0, publish.Output + publish.Error);
        Assert.DoesNotMatch(@"\bIL[23]\d{3}\b", publish.Output);

        var native = Desk.Read(await ProgramRun.StartAsync(Path.Combine(published, "QuakeDesk"), folder.Path));
        var managed = await Desk.RunAsync(folder.Path, "--data", "managed");

        Assert.Equal(managed.Output, native.Output);
        Assert.False(File.Exists(Path.Combine(published, "QuakeDesk.dll")), "What was run is no native file.");
    }

    private static bool OnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
