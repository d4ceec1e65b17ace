using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Shared;

namespace Streams.Analyzers.CodeFixes.Groups;

/// <summary>Corrects names and durations in attributes, where it is plain what was meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AttributeTextCodeFix))]
[Shared]
internal sealed class AttributeTextCodeFix : RuleCodeFix
{
    private static readonly (string Unit, TimeSpan Size)[] Units =
    [
        ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    private static readonly Regex Spoken = new(
        "^\\s*(?<number>\\d+)\\s*(?<unit>ms|millis|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)\\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public override ImmutableArray<string> FixableDiagnosticIds => [DiagnosticIds.InvalidName, DiagnosticIds.InvalidDuration];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<TypeDeclarationSyntax>() is not { } declaration)
        {
            return;
        }

        var isName = place.Diagnostic.Id == DiagnosticIds.InvalidName;
        foreach (var literal in declaration.AttributeLists
            .SelectMany(list => list.Attributes)
            .Where(attribute => attribute.Name.ToString() is "Message" or "ConsumerGroup" or "MessageAttribute" or "ConsumerGroupAttribute")
            .SelectMany(attribute => attribute.ArgumentList?.Arguments ?? [])
            .Where(argument => argument.NameEquals is null == isName)
            .Select(argument => argument.Expression)
            .OfType<LiteralExpressionSyntax>()
            .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression)))
        {
            var text = literal.Token.ValueText;
            if ((isName ? CorrectName(text) : CorrectDuration(text)) is { } corrected && corrected != text)
            {
                place.Offer($"Write \"{corrected}\"", "Text", editor => editor.ReplaceNode(
                    literal,
                    SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(corrected))
                        .WithTriviaFrom(literal)));
                return;
            }
        }
    }

    private static string? CorrectName(string text)
    {
        var corrected = new string([.. text.Trim().Select(character => character is '/' or '\\' or ':' ? '.'
            : char.IsLetterOrDigit(character) && character < 128 || character is '.' or '_' or '-' or '{' or '}' ? character
            : '-')]);
        return KafkaName.FindFault(text) is not null && KafkaName.FindFault(corrected) is null ? corrected : null;
    }

    private static string? CorrectDuration(string text)
    {
        if (DurationText.TryParse(text, out _))
        {
            return null;
        }

        if (Spoken.Match(text) is { Success: true } match)
        {
            var unit = match.Groups["unit"].Value.ToLowerInvariant();
            unit = unit.StartsWith("ms", StringComparison.Ordinal) || unit.StartsWith("milli", StringComparison.Ordinal)
                ? "ms"
                : unit.Substring(0, 1);
            return Valid(match.Groups["number"].Value + unit);
        }

        return text.IndexOf(':') >= 0 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero
            ? Units.Where(unit => span.Ticks % unit.Size.Ticks == 0)
                .Select(unit => Valid((span.Ticks / unit.Size.Ticks).ToString(CultureInfo.InvariantCulture) + unit.Unit))
                .FirstOrDefault()
            : null;
    }

    private static string? Valid(string text) => DurationText.TryParse(text, out _) ? text : null;
}
