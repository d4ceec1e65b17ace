namespace Streams.Hosting.Validation;

/// <summary>What Kafka allows in topic names and group ids.</summary>
internal static class NameFaults
{
    /// <summary>Returns what is wrong with a name, to follow it in a sentence, or <see langword="null"/>.</summary>
    public static string? Find(string name)
    {
        if (name.Length is 0 or > HostingLimits.NameLengthMax)
        {
            return $"has {name.Length} characters, and must have 1 to {HostingLimits.NameLengthMax}";
        }

        if (name is "." or "..")
        {
            return "means a folder to the file system";
        }

        var illegal = name.FirstOrDefault(character => !char.IsAsciiLetterOrDigit(character) && character is not ('.' or '_' or '-'));
        return illegal == default
            ? null
            : $"holds the character '{illegal}'; only letters, digits, dots, hyphens and underscores are allowed"
                + (illegal == '{' ? ", and the only placeholder is {Environment}" : "");
    }
}
