using PublicApiGenerator;

namespace Streams.Architecture.Tests;

/// <summary>What applications see is written down: a change shows in a review. Accept one by copying the received file over the verified one.</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Assemblies() => ["Streams.Abstractions", "Streams.Hosting"];

    public static TheoryData<string> InternalRooms() => ["Streams.Protocol", "Streams.Storage", "Streams.Runtime", "Streams.Broker"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void PublicApi_IsTheRecordedOne(string assembly)
    {
        var actual = System.Reflection.Assembly.Load(assembly).GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            DenyNamespacePrefixes = [],
        }).ReplaceLineEndings("\n") + "\n";
        var folder = Path.Combine(Repository.Root, "tests", "Streams.Architecture.Tests", "PublicApi");
        var verified = Path.Combine(folder, assembly + ".verified.txt");
        var expected = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : "";
        if (actual != expected)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, assembly + ".received.txt"), actual);
        }

        Assert.Equal(expected, actual);
    }

    [Theory]
    [MemberData(nameof(InternalRooms))]
    public void InternalRooms_ShowNothing(string assembly)
        => Assert.Empty(System.Reflection.Assembly.Load(assembly).GetExportedTypes());
}
