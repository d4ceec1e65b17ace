namespace Streams.Shared;

/// <summary>Durations as attributes hold them: a whole number and ms, s, m, h or d, such as <c>250ms</c> or <c>7d</c>.</summary>
internal static class DurationText
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    /// <summary>Reads a duration of at least a millisecond, in ticks.</summary>
    public static bool TryParse(string text, out long ticks)
    {
        ticks = 0;
        var digits = 0;
        while (digits < text.Length && text[digits] is >= '0' and <= '9')
        {
            digits++;
        }

        if (digits is 0 or > 18)
        {
            return false;
        }

        var number = long.Parse(text.Substring(0, digits), System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (unit, size) in Units)
        {
            if (text.Substring(digits) == unit && number > 0 && number <= long.MaxValue / size)
            {
                ticks = number * size;
                return true;
            }
        }

        return false;
    }
}
