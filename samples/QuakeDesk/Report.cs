using QuakeDesk.Messages;
using Streams;

namespace QuakeDesk;

/// <summary>Reads what the groups have written, and prints it.</summary>
internal sealed class Report(IReader<QuakeAlert> alerts, IReader<RegionShare> shares, IReader<LatestQuake> quakes)
{
    private const int RegionsShown = 10;

    /// <summary>Prints the table, and what this run did for it.</summary>
    public async Task WriteAsync(int fed, DateTimeOffset runBegan, CancellationToken cancellationToken)
    {
        var raised = await Results<QuakeAlert>.ReadAsync(alerts, runBegan, cancellationToken);
        var shared = await Results<RegionShare>.ReadAsync(shares, runBegan, cancellationToken);
        var latest = await Results<LatestQuake>.ReadAsync(quakes, runBegan, cancellationToken);

        WriteQuakes(latest.Table);
        WriteAlerts([.. raised.Table.Where(alert => alert.IsRaised)]);
        WriteRegions(shared.Table.ToLookup(share => share.Region, share => share.Magnitude));

        Console.WriteLine($"\nThis run fed {fed:N0} events.");
        Console.WriteLine("  group   handled  repeated");
        Console.WriteLine($"  alerts   {raised.Handled,6:N0}    {raised.Repeated,6:N0}");
        Console.WriteLine($"  regions  {shared.Handled,6:N0}    {shared.Repeated,6:N0}");
        Console.WriteLine($"  latest   {latest.Handled,6:N0}    {latest.Repeated,6:N0}");
    }

    private static void WriteQuakes(IReadOnlyCollection<LatestQuake> quakes)
    {
        var (first, last) = (quakes.Min(quake => quake.Time), quakes.Max(quake => quake.Time));
        Console.WriteLine($"{quakes.Count:N0} quakes from {first:yyyy-MM-dd HH:mm} to {last:yyyy-MM-dd HH:mm} UTC");
        Console.WriteLine($"last revised {quakes.Max(quake => quake.PublishedAt):yyyy-MM-dd HH:mm} UTC");
        foreach (var (status, count) in quakes.CountBy(quake => quake.Status).OrderBy(status => status.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {count,5:N0} {status}");
        }
    }

    private static void WriteAlerts(IReadOnlyCollection<QuakeAlert> alerts)
    {
        Console.WriteLine($"\n{alerts.Count:N0} alerts");
        foreach (var alert in alerts.OrderByDescending(alert => alert.Magnitude).ThenBy(alert => alert.Time))
        {
            Console.WriteLine($"  {alert.Magnitude:0.0}  {alert.Time:yyyy-MM-dd HH:mm}  {alert.Place}");
        }
    }

    private static void WriteRegions(ILookup<string, decimal> regions)
    {
        Console.WriteLine($"\n{regions.Count:N0} regions, the busiest {RegionsShown}");
        Console.WriteLine("  region              quakes    mean  strongest");
        var busiest = regions.OrderByDescending(region => region.Count()).ThenBy(region => region.Key, StringComparer.Ordinal);
        foreach (var region in busiest.Take(RegionsShown))
        {
            Console.WriteLine($"  {region.Key,-18}  {region.Count(),6:N0}  {region.Average(),6:0.00}  {region.Max(),9:0.0}");
        }
    }
}
