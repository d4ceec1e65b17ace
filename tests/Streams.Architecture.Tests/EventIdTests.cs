using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Streams.Architecture.Tests;

/// <summary>An event id means one thing in the whole product: people filter and alert by it.</summary>
public sealed class EventIdTests
{
    [Fact]
    public void EventIds_AreUniqueOverAllRooms()
    {
        var ids = Repository.SourceFiles("src")
            .SelectMany(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()
                .DescendantNodes().OfType<AttributeSyntax>()
                .Where(attribute => attribute.Name.ToString() is "LoggerMessage")
                .Select(attribute => (Id: IdOf(attribute), Where: $"{Repository.Relative(file)} {NameOf(attribute)}")))
            .ToArray();

        Assert.NotEmpty(ids);
        Assert.DoesNotContain(ids, id => id.Id is null);
        var twice = ids.GroupBy(id => id.Id)
            .Where(group => group.Count() > 1)
            .SelectMany(group => group.Select(id => $"{id.Id} {id.Where}"))
            .ToArray();
        Assert.True(twice.Length == 0, string.Join(Environment.NewLine, twice));
    }

    private static string? NameOf(AttributeSyntax attribute) => (attribute.Parent?.Parent as MethodDeclarationSyntax)?.Identifier.Text;

    private static string? IdOf(AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        return arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.Text == "EventId")?.Expression.ToString()
            ?? arguments.FirstOrDefault(argument => argument.NameEquals is null && argument.Expression is LiteralExpressionSyntax)
                ?.Expression.ToString();
    }
}
