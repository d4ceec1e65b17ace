namespace Streams.Samples.Tests.Packages;

/// <summary>What an application gets that references the package: the library, the generators and the analyzers, without a word more.</summary>
[Trait("Category", "Packages")]
public sealed class PackageTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <RestorePackagesPath>packages</RestorePackagesPath>
            <RestoreFallbackFolders>{0}</RestoreFallbackFolders>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Streams" Version="{1}" />
          </ItemGroup>
        </Project>
        """;

    private const string Sources = """
        <configuration>
          <packageSources>
            <add key="built" value="built" />
          </packageSources>
        </configuration>
        """;

    private const string Program = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;
        using Streams;

        var builder = Host.CreateApplicationBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddStreams(streams => streams.UseMemory().AddHandlers());
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IProducer<Greeting>>().ProduceAsync(new Greeting("Ada"));
        await host.Services.GetRequiredService<IConsumerGroups>()["greeters"].WhenCaughtUpAsync();
        await host.StopAsync();

        [Message("greetings")]
        public partial record Greeting([PartitionKey] string Name);

        [ConsumerGroup("greeters", Commit = CommitPolicy.Manual)]
        public sealed class Greeter
        {
            public async Task HandleAsync(Greeting greeting, MessageContext context)
            {
                Console.WriteLine($"Hello {greeting.Name}");
                await context.CommitAsync();
            }
        }
        """;

    // One package reference in a project elsewhere: handlers are generated and run, and a commit that nobody awaits does not compile.
    [Fact]
    public async Task Application_ThatReferencesThePackage_RunsAndMayNotCommitUnsafely()
    {
        using var folder = new TemporaryFolder();
        var version = $"0.0.0-test.{Guid.NewGuid():N}";
        await PackAsync(Path.Combine(folder.Path, "built"), version);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "nuget.config"), Sources);
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "application.csproj"), string.Format(null, Project, PackageCache(), version));

        var unsafeBuild = await BuildAsync(folder.Path, Program.Replace("await context", "_ = context", StringComparison.Ordinal));
        Assert.NotEqual(0, unsafeBuild.ExitCode);
        Assert.Contains("error STRM0001", unsafeBuild.Output, StringComparison.Ordinal);

        var build = await BuildAsync(folder.Path, Program);
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
        Assert.DoesNotContain("warning", build.Output, StringComparison.Ordinal);

        var run = await ProgramRun.StartAsync("dotnet", folder.Path, Path.Combine("out", "application.dll"));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("Hello Ada", run.Output, StringComparison.Ordinal);
    }

    private static async Task<ProgramRun> BuildAsync(string folder, string program)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program);
        return await ProgramRun.StartAsync("dotnet", folder, "build", "-o", "out", "-nologo", "-clp:NoSummary");
    }

    // Into artifacts of its own: nothing of what the other tests run is rebuilt under them.
    private static async Task PackAsync(string output, string version)
    {
        foreach (var project in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Order(StringComparer.Ordinal))
        {
            var pack = await ProgramRun.StartAsync(
                "dotnet",
                Repository.Root,
                ["pack", project, "-c", "Release", "-o", output, $"-p:Version={version}",
                    "--artifacts-path", Path.Combine(Repository.Root, "artifacts", "packages"), "-nologo"]);
            Assert.True(pack.ExitCode == 0, pack.Output + pack.Error);
        }
    }

    // Where this machine keeps what it has restored: the application finds the other packages there, and its own never end up in it.
    private static string PackageCache()
        => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
