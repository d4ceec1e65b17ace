using QuakeDesk.Messages;
using Streams;

namespace QuakeDesk;

/// <summary>What one group has made of the events, read from its topic.</summary>
/// <param name="Table">The last result of each quake: what a repeated record writes again is the same.</param>
/// <param name="Handled">How many records the group handled in this run.</param>
/// <param name="Repeated">How many of those had been handled before.</param>
/// <typeparam name="T">The result.</typeparam>
internal sealed record Results<T>(IReadOnlyCollection<T> Table, int Handled, int Repeated)
    where T : IMessage<T>, IResult
{
    /// <summary>Reads the topic from its beginning to its end; results written since the run began are those of this run.</summary>
    public static async Task<Results<T>> ReadAsync(IReader<T> results, DateTimeOffset runBegan, CancellationToken cancellationToken)
    {
        var table = new Dictionary<string, T>();
        var revisions = new Dictionary<string, int>();
        var (handled, repeated) = (0, 0);
        await foreach (var record in results.ReadAsync(ReadFrom.Earliest, ReadUntil.End, cancellationToken))
        {
            var result = record.Message;
            var isNews = revisions.GetValueOrDefault(result.QuakeId, -1) < result.Revision;
            if (isNews)
            {
                revisions[result.QuakeId] = result.Revision;
            }

            if (record.Metadata.Timestamp >= runBegan)
            {
                handled++;
                repeated += isNews ? 0 : 1;
            }

            table[result.QuakeId] = result;
        }

        return new(table.Values, handled, repeated);
    }
}
