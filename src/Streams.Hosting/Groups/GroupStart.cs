using System.Globalization;

namespace Streams.Hosting.Groups;

/// <summary>Where a group begins without a committed offset, as configuration writes it: a word of <see cref="Streams.StartFrom"/> or a time.</summary>
/// <param name="From">The word; <see cref="StartFrom.Earliest"/> beside a time.</param>
/// <param name="Time">The time, or <see langword="null"/>.</param>
internal readonly record struct GroupStart(StartFrom From, DateTimeOffset? Time)
{
    /// <summary>Reads the setting. A time without an offset is UTC.</summary>
    public static bool TryParse(string text, out GroupStart start)
    {
        if (Enum.TryParse<StartFrom>(text, ignoreCase: true, out var word) && Enum.IsDefined(word) && !int.TryParse(text, out _))
        {
            start = new(word, null);
            return true;
        }

        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        start = new(StartFrom.Earliest, time);
        return isTime;
    }
}
