using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Streams.Analyzers.Tests;

/// <summary>Source in which <c>{|STRM0201:code|}</c> says where a diagnostic is expected. Marks may be nested.</summary>
internal sealed partial class Markup
{
    private Markup(string source, IReadOnlyList<(string Id, TextSpan Span)> expected)
    {
        Source = source;
        Expected = expected;
    }

    public string Source { get; }

    public IReadOnlyList<(string Id, TextSpan Span)> Expected { get; }

    public static Markup Parse(string text)
    {
        var source = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        var expected = new List<(string Id, TextSpan Span)>();
        for (var index = 0; index < text.Length;)
        {
            var begin = Begin().Match(text, index);
            if (begin.Success && begin.Index == index)
            {
                open.Push((begin.Groups[1].Value, source.Length));
                index += begin.Length;
            }
            else if (open.Count > 0 && string.CompareOrdinal(text, index, "|}", 0, 2) == 0)
            {
                var (id, start) = open.Pop();
                expected.Add((id, TextSpan.FromBounds(start, source.Length)));
                index += 2;
            }
            else
            {
                source.Append(text[index++]);
            }
        }

        return new Markup(source.ToString(), expected);
    }

    [GeneratedRegex(@"\G\{\|(STRM\d{4}):")]
    private static partial Regex Begin();
}
