using System.Xml.Linq;

namespace Streams.Architecture.Tests;

/// <summary>Who may reference whom: a room uses rooms on lower floors only.</summary>
public sealed class FloorTests
{
    private static readonly Dictionary<string, int> Floors = new(StringComparer.Ordinal)
    {
        ["Streams.Abstractions"] = 0,
        ["Streams.Protocol"] = 1,
        ["Streams.Runtime"] = 2,
        ["Streams.Storage"] = 2,
        ["Streams.Broker"] = 3,
        ["Streams.Kafka"] = 3,
        ["Streams.Hosting"] = 4,
        ["Streams"] = 5,
        ["Streams.Testing"] = 5,
        ["Streams.Dashboard"] = 5,
        ["Streams.Cli"] = 6,
    };

    public static TheoryData<string> Projects()
        => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfARoom_PointToLowerFloors(string project)
    {
        Assert.True(
            Floors.TryGetValue(project, out var floor),
            $"'{project}' has no floor yet: add it to the table here and to ARCHITECTURE.md.");

        var upward = References(project).Where(reference => !Floors.TryGetValue(reference, out var below) || below >= floor).ToArray();

        Assert.True(upward.Length == 0, $"'{project}' (floor {floor}) may not reference {string.Join(", ", upward)}.");
    }

    [Fact]
    public void Generators_AndAnalyzers_ReferenceNoRoom()
    {
        foreach (var file in new[] { "generators", "analyzers" }.SelectMany(top =>
            Directory.EnumerateFiles(Path.Combine(Repository.Root, top), "*.csproj", SearchOption.AllDirectories)))
        {
            var references = XDocument.Load(file).Descendants("ProjectReference").Select(node => (string)node.Attribute("Include")!);
            Assert.DoesNotContain(references, reference => reference.Contains("/src/", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> References(string project)
        => XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(node => Path.GetFileNameWithoutExtension(((string)node.Attribute("Include")!).Replace('\\', '/')));
}
