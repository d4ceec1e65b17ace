using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Architecture.Tests;

/// <summary>Sizes: what a reader can hold in the head at once. An exception names the file and says why it is one.</summary>
public sealed class TidyTests
{
    private const int FileLinesMax = 500;
    private const int TypeLinesMax = 800;
    private const int MethodLinesMax = 70;
    private const int LineLengthMax = 140;
    private const int ParametersMax = 7;

    private static readonly string[] Rooms = ["src", "generators", "analyzers"];
    private static readonly string[] Everything = [.. Rooms, "tests", "samples"];

    // File or file:member -> reason.
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["src/Streams.Runtime/Processing/PartitionWorker.cs"] =
            "one lock and its state: taking blocks, starting runners and stopping change the same dozen fields",
        ["src/Streams.Runtime/Groups/GroupLoop"] =
            "the single owner of a group's state, in three files by what it is doing: running, commands, leaving",
        ["tests/Streams.Broker.Tests/Transport/Producing/EmbeddedProducerTests.cs:Produce_FromManyTasksAtOnce_KeepsOrderAndTellsTheTruth"] =
            "one scenario told from beginning to end",
    };

    [Fact]
    public void Files_StayShort()
        => AssertNone(Repository.SourceFiles(Everything)
            .Select(file => (Name: Repository.Relative(file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > FileLinesMax && !Exceptions.ContainsKey(file.Name))
            .Select(file => $"{file.Name}: {file.Lines} lines, at most {FileLinesMax}"));

    [Fact]
    public void Types_StayShortOverAllTheirFiles()
        => AssertNone(Roots(Rooms)
            .SelectMany(file => file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
                .Where(type => type.Parent is BaseNamespaceDeclarationSyntax)
                .Select(type => (Key: FolderOf(file.Name) + "/" + type.Identifier.Text + type.TypeParameterList, Lines: LinesOf(type))))
            .GroupBy(type => type.Key)
            .Where(type => type.Sum(part => part.Lines) > TypeLinesMax && !Exceptions.ContainsKey(type.Key))
            .Select(type => $"{type.Key}: {type.Sum(part => part.Lines)} lines, at most {TypeLinesMax}"));

    [Fact]
    public void Methods_StayShort()
        => AssertNone(Roots(Everything)
            .SelectMany(file => file.Root.DescendantNodes()
                .Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
                .Where(node => LinesOf(node) > MethodLinesMax)
                .Select(node => $"{file.Name}:{NameOf(node)}")
                .Where(name => !Exceptions.ContainsKey(name))
                .Select(name => $"{name}: more than {MethodLinesMax} lines")));

    [Fact]
    public void Parameters_StayFew()
        => AssertNone(Roots(Rooms)
            .SelectMany(file => file.Root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
                .Where(method => method.ParameterList.Parameters.Count > ParametersMax)
                .Select(method => $"{file.Name}:{NameOf(method)}")
                .Where(name => !Exceptions.ContainsKey(name))
                .Select(name => $"{name}: more than {ParametersMax} parameters")));

    [Fact]
    public void Lines_StayNarrow()
        => AssertNone(Repository.SourceFiles(Everything)
            .SelectMany(file => File.ReadLines(file)
                .Select((line, index) => (Line: line, Number: index + 1))
                .Where(line => line.Line.Length > LineLengthMax && !line.Line.TrimStart().StartsWith("///", StringComparison.Ordinal))
                .Select(line => $"{Repository.Relative(file)}:{line.Number}: {line.Line.Length} characters, at most {LineLengthMax}")));

    [Fact]
    public void Files_HoldOneTypeNamedLikeThem()
        => AssertNone(Roots([.. Rooms, "samples"])
            .Select(file => (file.Name, Types: file.Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
                .Where(type => type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax)
                .Select(type => type.Identifier.Text).ToArray()))
            .Where(file => file.Types.Length > 1
                || (file.Types.Length == 1 && Path.GetFileName(file.Name).Split('.')[0].Split('{')[0] != file.Types[0]))
            .Select(file => $"{file.Name} holds {string.Join(", ", file.Types)}"));

    [Fact]
    public void Namespaces_FollowFolders()
        => AssertNone(Roots(["src"])
            .SelectMany(file => file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
                .Select(node => (file.Name, Actual: node.Name.ToString(), Expected: NamespaceOf(file.Name)))
                .Where(pair => pair.Actual != pair.Expected && !IsForApplications(pair.Actual))
                .Select(pair => $"{pair.Name}: namespace {pair.Actual}, expected {pair.Expected}")));

    [Fact]
    public void Code_HoldsNoRegionsAndNoSilentCatches()
        => AssertNone(Roots(Everything)
            .SelectMany(file => file.Root.DescendantNodes().OfType<CatchClauseSyntax>()
                .Where(clause => clause.Block.Statements.Count == 0 && !HasComment(clause.Block))
                .Select(clause => $"{file.Name}:{clause.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: an empty catch")
                .Concat(file.Root.DescendantTrivia()
                    .Where(trivia => trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
                    .Select(_ => $"{file.Name}: #region"))));

    [Fact]
    public void Exceptions_NameWhatExists()
        => AssertNone(Exceptions.Keys
            .Select(name => name.Split(':')[0])
            .Where(name => !File.Exists(Path.Combine(Repository.Root, name)) && !File.Exists(Path.Combine(Repository.Root, name + ".cs")))
            .Select(name => $"{name} is gone"));

    private static IEnumerable<(string Name, SyntaxNode Root)> Roots(string[] tops)
        => Repository.SourceFiles(tops)
            .Select(file => (Repository.Relative(file), CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()));

    private static bool HasComment(BlockSyntax block)
        => block.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia));

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text + "()",
        _ => node.Kind().ToString(),
    };

    // Public types of the rooms that applications see stand in the namespace Streams, wherever their file is filed.
    private static bool IsForApplications(string name)
        => name is "Streams" or "Streams.Transport" or "Microsoft.Extensions.Hosting" or "Microsoft.Extensions.DependencyInjection";

    private static string NamespaceOf(string name) => FolderOf(name).Split('/', 2)[1].Replace('/', '.');

    private static string FolderOf(string name) => Path.GetDirectoryName(name)!.Replace('\\', '/');

    private static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.ToArray();
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, all));
    }
}
