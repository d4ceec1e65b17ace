using Streams;

namespace QuakeDesk;

/// <summary>One run: goes back if asked to, feeds what is missing, waits until every group has handled everything, and reports.</summary>
internal sealed class Desk(DeskOptions options, IConsumerGroups groups, Feed feed, Progress progress, Report report, Crash crash)
{
    public async Task RunAsync(DateTimeOffset runBegan, CancellationToken stopping)
    {
        if (options.CrashAfter is { } records)
        {
            _ = crash.AfterAsync(records, runBegan, stopping);
        }

        if (options.From is { } place)
        {
            await Task.WhenAll(groups.Select(group => SeekAsync(group, place, stopping)));
        }

        var work = FeedAndHandleAsync(stopping);
        await progress.ShowUntilAsync(work, feed.Week.Count);
        await report.WriteAsync(fed: await work, runBegan, stopping);
    }

    private async Task<int> FeedAndHandleAsync(CancellationToken stopping)
    {
        var fed = await feed.RunAsync(stopping);
        await Task.WhenAll(groups.Select(group => group.WhenCaughtUpAsync(stopping)));
        return fed;
    }

    private static async Task SeekAsync(IConsumerGroup group, ReadFrom place, CancellationToken stopping)
    {
        // Seeking is for partitions this process has, and in the first moments after the start it has none yet.
        var snapshot = await group.SnapshotAsync(stopping);
        while (snapshot.Partitions.Any(partition => partition.Position is null))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), stopping);
            snapshot = await group.SnapshotAsync(stopping);
        }

        foreach (var partition in snapshot.Partitions)
        {
            await group.SeekAsync(partition.Partition, place, stopping);
        }
    }
}
