using Streams;

namespace QuakeDesk;

/// <summary>Shows how far the groups are, on one line, where there is a terminal.</summary>
internal sealed class Progress(IConsumerGroups groups)
{
    private const int BarWidth = 30;

    /// <summary>Shows it until the work is done or has failed.</summary>
    /// <param name="work">The work.</param>
    /// <param name="events">How many events there will be for each group.</param>
    public async Task ShowUntilAsync(Task work, int events)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!Console.IsOutputRedirected && !work.IsCompleted)
        {
            Console.Write($"\r{await LineAsync(events)}");
            await Task.WhenAny(work, tick.WaitForNextTickAsync().AsTask());
        }

        if (!Console.IsOutputRedirected)
        {
            Console.Write($"\r{new string(' ', (await LineAsync(events)).Length)}\r");
        }
    }

    private async Task<string> LineAsync(int events)
    {
        var snapshots = await Task.WhenAll(groups.Select(group => group.SnapshotAsync().AsTask()));
        var handled = snapshots.Select(group => (group.GroupId, Records: group.Partitions.Sum(HandledOf))).ToArray();
        var filled = (int)(BarWidth * handled.Sum(group => group.Records) / (events * handled.Length));
        var counts = handled.Select(group => $"{group.GroupId} {group.Records,5:N0}");
        return $"[{new string('#', filled)}{new string('.', BarWidth - filled)}]  {string.Join("  ", counts)}";
    }

    // What is handled, not what is committed: with CommitPolicy.Auto that comes later.
    private static long HandledOf(PartitionSnapshot partition)
        => partition.OldestUnfinished ?? partition.Position ?? partition.Committed ?? 0;
}
