using System.Diagnostics;
using QuakeDesk.Messages;
using Streams;

namespace QuakeDesk;

/// <summary>Kills this process once it has handled so many records: nothing is committed, flushed or closed any more.</summary>
internal sealed class Crash(IReader<QuakeAlert> alerts, IReader<RegionShare> shares, IReader<LatestQuake> quakes)
{
    private int _handled;

    /// <summary>Counts the results of this run as they are written, whichever group writes them.</summary>
    public Task AfterAsync(int records, DateTimeOffset runBegan, CancellationToken cancellationToken)
    {
        return Task.WhenAll(CountAsync(alerts), CountAsync(shares), CountAsync(quakes));

        async Task CountAsync<T>(IReader<T> results)
            where T : IMessage<T>
        {
            await foreach (var _ in results.ReadAsync(ReadFrom.Time(runBegan), ReadUntil.Forever, cancellationToken))
            {
                if (Interlocked.Increment(ref _handled) == records)
                {
                    Process.GetCurrentProcess().Kill();
                }
            }
        }
    }
}
