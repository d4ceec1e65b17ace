namespace Streams.Shared;

/// <summary>Kafka's rule for topic names, which group ids keep too because topics are named after them.</summary>
internal static class KafkaName
{
    public const int LengthMax = 249;

    /// <summary>What is wrong with a name, or null. Placeholders such as <c>{Environment}</c> are checked at start, once they are filled in.</summary>
    public static string? FindFault(string name)
    {
        if (name.Length == 0)
        {
            return "it is empty";
        }

        var plain = WithoutPlaceholders(name);
        if (plain is null)
        {
            return "its braces do not match";
        }

        if (plain.Length > LengthMax)
        {
            return $"it has {plain.Length} characters, at most {LengthMax}";
        }

        if (name is "." or "..")
        {
            return "it is a folder's name";
        }

        var illegal = plain.FirstOrDefault(character => !IsLegal(character));
        return illegal == default ? null : $"'{illegal}' is not a letter, digit, dot, hyphen or underscore";
    }

    private static bool IsLegal(char character)
        => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' or '-';

    private static string? WithoutPlaceholders(string name)
    {
        while (name.IndexOf('{') is >= 0 and var start)
        {
            var end = name.IndexOf('}', start);
            if (end <= start + 1)
            {
                return null;
            }

            name = name.Remove(start, end - start + 1).Insert(start, "x");
        }

        return name;
    }
}
