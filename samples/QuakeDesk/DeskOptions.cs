using System.Globalization;
using Streams;

namespace QuakeDesk;

/// <summary>What the command line says.</summary>
/// <param name="Data">The data directory.</param>
/// <param name="From">Where all groups go before they begin; <see langword="null"/> where they stopped.</param>
/// <param name="CrashAfter">After how many handled records the process kills itself; <see langword="null"/> never.</param>
internal sealed record DeskOptions(string Data = "quakedesk-data", ReadFrom? From = null, int? CrashAfter = null)
{
    public const string Usage = """
        Usage: QuakeDesk [--data DIR] [--replay | --since TIME] [--crash-after N]

          --data DIR        keep the broker's data here (./quakedesk-data)
          --replay          handle everything again, from the beginning
          --since TIME      handle again what was published since then, such as 2018-02-06T12:00Z
          --crash-after N   kill this process after N handled records; run it again and see that nothing is lost
        """;

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">It makes no sense; the message says why.</exception>
    public static DeskOptions Parse(string[] args)
    {
        var options = new DeskOptions();
        for (var index = 0; index < args.Length; index++)
        {
            options = args[index] switch
            {
                "--data" => options with { Data = Value() },
                "--replay" => options with { From = ReadFrom.Earliest },
                "--since" => options with { From = ReadFrom.Time(Time(Value())) },
                "--crash-after" => options with { CrashAfter = Count(Value()) },
                var unknown => throw new FormatException($"There is no option '{unknown}'."),
            };

            string Value()
                => ++index < args.Length ? args[index] : throw new FormatException($"The option '{args[index - 1]}' needs a value.");
        }

        return options;
    }

    private static DateTimeOffset Time(string text)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new FormatException($"'{text}' is no time; write one such as 2018-02-06T12:00Z.");

    private static int Count(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new FormatException($"'{text}' is no number of records; write 1 or more.");
}
