using System.Globalization;
using System.Text.Json;

namespace Streams.Samples.Tests.QuakeDesk;

/// <summary>The figures of the week, straight from the file: no stream, no message, no code of the sample.</summary>
internal sealed class Week
{
    private readonly JsonElement[] _quakes;

    public Week()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "samples/QuakeDesk/Usgs/earthquakes.json")));
        _quakes = [.. file.RootElement.GetProperty("features").EnumerateArray().Select(quake => quake.GetProperty("properties").Clone())];
    }

    /// <summary>How many events there are: each quake is reported, and revised where it was updated later.</summary>
    public int Events => EventsSince(DateTimeOffset.MinValue);

    /// <summary>How many of them were published then or later.</summary>
    public int EventsSince(DateTimeOffset from)
        => _quakes.Sum(quake => (At(quake, "time") >= from ? 1 : 0)
            + (At(quake, "updated") > At(quake, "time") && At(quake, "updated") >= from ? 1 : 0));

    /// <summary>The lines of the table, with one space between words.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{Thousands(_quakes.Length)} quakes from {Minute(_quakes.Min(quake => At(quake, "time")))} "
            + $"to {Minute(_quakes.Max(quake => At(quake, "time")))} UTC";
        yield return $"last revised {Minute(_quakes.Max(quake => At(quake, "updated")))} UTC";
        yield return $"{Thousands(_quakes.Count(quake => Text(quake, "status") == "automatic"))} automatic";
        yield return $"{Thousands(_quakes.Count(quake => Text(quake, "status") == "reviewed"))} reviewed";

        var strong = _quakes.Where(quake => Magnitude(quake) >= 5.5m).ToList();
        yield return $"{strong.Count} alerts";
        foreach (var quake in strong.OrderBy(quake => At(quake, "time")).OrderBy(quake => -Magnitude(quake)))
        {
            yield return $"{Magnitude(quake):0.0} {Minute(At(quake, "time"))} {Text(quake, "place")}";
        }

        var regions = new SortedDictionary<string, List<decimal>>(StringComparer.Ordinal);
        foreach (var quake in _quakes)
        {
            var place = Text(quake, "place");
            var comma = place.LastIndexOf(", ", StringComparison.Ordinal);
            var region = comma < 0 ? place : place[(comma + 2)..];
            region = region == "CA" ? "California" : region == "MX" ? "Mexico" : region;
            regions.TryAdd(region, []);
            regions[region].Add(Magnitude(quake));
        }

        yield return $"{regions.Count} regions, the busiest 10";
        yield return "region quakes mean strongest";
        foreach (var (region, magnitudes) in regions.OrderBy(region => -region.Value.Count).Take(10))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{region} {magnitudes.Count} {magnitudes.Sum() / magnitudes.Count:0.00} {magnitudes.Max():0.0}");
        }
    }

    private static DateTimeOffset At(JsonElement quake, string member)
        => DateTimeOffset.FromUnixTimeMilliseconds(quake.GetProperty(member).GetInt64());

    private static decimal Magnitude(JsonElement quake) => quake.GetProperty("mag").GetDecimal();

    private static string Text(JsonElement quake, string member) => quake.GetProperty(member).GetString()!;

    private static string Minute(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Thousands(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
