using System.Globalization;

namespace Streams.Hosting.Validation;

/// <summary>Compares a value with its bounds.</summary>
internal static class RangeFaults
{
    /// <summary>Returns what is wrong, or <see langword="null"/>.</summary>
    public static string? Find(string setting, long value, long least, long most)
        => value >= least && value <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"'{setting}' is {value}, and must be from {least:N0} to {most:N0}.");

    /// <summary>Returns what is wrong, or <see langword="null"/>.</summary>
    public static string? Find(string setting, TimeSpan value, TimeSpan least, TimeSpan most)
        => value >= least && value <= most ? null : $"'{setting}' is '{value}', and must be from '{least}' to '{most}'.";
}
