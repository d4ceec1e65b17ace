using System.Text;

namespace Streams.Shared;

/// <summary>
/// Names for generated files and types. A hash of the full name makes them unique where the readable part is not: names that differ
/// in case only, nested and generic types, names cut because long paths break builds on Windows.
/// </summary>
internal static class GeneratedNames
{
    private const int ReadableLengthMax = 100;

    /// <summary>The name of the file for a type.</summary>
    public static string Hint(string fullName) => Readable(fullName, '.') + "." + Hash(fullName) + ".g.cs";

    /// <summary>An identifier for a type.</summary>
    public static string Identifier(string fullName) => Readable(fullName, '_') + "_" + Hash(fullName);

    private static string Readable(string fullName, char separator)
    {
        var start = fullName.StartsWith("global::", StringComparison.Ordinal) ? "global::".Length : 0;
        var text = new StringBuilder();
        for (var index = start; index < fullName.Length && text.Length < ReadableLengthMax; index++)
        {
            var character = fullName[index];
            if (character == '@')
            {
                continue;
            }

            text.Append(character is '.' or '+' ? separator : IsPlain(character) ? character : '_');
        }

        return text.ToString();
    }

    private static bool IsPlain(char character)
        => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';

    // FNV-1a: stable in every process and version, unlike string.GetHashCode.
    private static string Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return hash.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }
}
