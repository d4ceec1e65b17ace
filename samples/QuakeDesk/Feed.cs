using System.Text.Json;
using QuakeDesk.Messages;
using QuakeDesk.Usgs;
using Streams;

namespace QuakeDesk;

/// <summary>Feeds the week into the topic, in the order in which it was published.</summary>
internal sealed class Feed(IReader<QuakeEvent> quakes, IProducer<QuakeEvent> producer)
{
    private const int Burst = 200;

    /// <summary>Gets the events of the week: the report of each quake and its revision.</summary>
    public IReadOnlyList<QuakeEvent> Week { get; } = ReadWeek();

    /// <summary>Produces what is not in the topic yet, and returns how many events that were.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // A run that was cut short has fed a part of the week, which must not be fed twice.
        var fed = new HashSet<(string, int)>();
        await foreach (var record in quakes.ReadAsync(ReadFrom.Earliest, ReadUntil.End, cancellationToken))
        {
            fed.Add((record.Message.QuakeId, record.Message.Revision));
        }

        var missing = Week.Where(quake => !fed.Contains((quake.QuakeId, quake.Revision))).ToArray();
        foreach (var burst in missing.Chunk(Burst))
        {
            // Records take their place in the order of these calls; only their acknowledgements are awaited together.
            await Task.WhenAll(burst.Select(quake => ProduceAsync(quake, cancellationToken)));
        }

        return missing.Length;
    }

    private Task ProduceAsync(QuakeEvent quake, CancellationToken cancellationToken)
        => producer.ProduceAsync(quake, new ProduceOptions { Timestamp = quake.PublishedAt }, cancellationToken).AsTask();

    private static QuakeEvent[] ReadWeek()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Usgs", "earthquakes.json"));
        var week = JsonSerializer.Deserialize(file, UsgsJson.Default.UsgsWeek)!;
        return [.. week.Features.SelectMany(EventsOf).OrderBy(quake => quake.PublishedAt)];
    }

    private static IEnumerable<QuakeEvent> EventsOf(UsgsWeek.Feature feature)
    {
        var (magnitude, place, time, updated, status) = feature.Properties;
        var shook = DateTimeOffset.FromUnixTimeMilliseconds(time);
        var report = new QuakeEvent(feature.Id, 0, shook, shook, magnitude, place, "reported");
        yield return report;
        if (updated > time)
        {
            yield return report with { Revision = 1, PublishedAt = DateTimeOffset.FromUnixTimeMilliseconds(updated), Status = status };
        }
    }
}
