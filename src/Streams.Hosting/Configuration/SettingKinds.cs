using System.Globalization;

namespace Streams.Hosting.Configuration;

/// <summary>What a text in configuration must look like, by the type of its option. Each returns what is wrong, to follow the value, or nothing.</summary>
internal static class SettingKinds
{
    public static string? Text(string text) => null;

    public static string? Switch(string text) => bool.TryParse(text, out _) ? null : "is neither 'true' nor 'false'";

    public static string? Int32(string text)
        => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _)
            ? null
            : $"is no whole number up to {int.MaxValue.ToString(CultureInfo.InvariantCulture)}";

    public static string? Int64(string text)
        => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? null : "is no whole number";

    public static string? Duration(string text)
    {
        // The framework reads a plain number as days, which nobody means.
        const string Expected = "Write hours, minutes and seconds, such as '00:00:05', or days before them, such as '7.00:00:00'";
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? $"has no unit. {Expected}"
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _) ? null
            : $"is no duration. {Expected}";
    }

    public static string? Choice<T>(string text)
        where T : struct, Enum
        => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? null
            : $"is not one of {string.Join(", ", Enum.GetNames<T>())}";
}
