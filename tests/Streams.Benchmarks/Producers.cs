namespace Streams.Benchmarks;

/// <summary>Tasks that produce as fast as acknowledgements come, with a bounded number of messages on their way.</summary>
internal static class Producers
{
    private const int InFlightMax = 4096;

    /// <summary>Runs one task for each core and returns how many messages were acknowledged.</summary>
    /// <param name="producer">The producer.</param>
    /// <param name="duration">How long.</param>
    /// <param name="backlog">How many produced messages are not handled yet, or <see langword="null"/> where nobody handles them.</param>
    public static async Task<long> RunAsync(IProducer<Sample> producer, TimeSpan duration, Func<long, long>? backlog = null)
    {
        const int BacklogMax = 400_000;
        using var stopping = new CancellationTokenSource(duration);
        var sent = 0L;
        var tasks = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            var samples = Sample.Many(1024);
            var waiting = new ValueTask<RecordMetadata>[InFlightMax];
            long count = 0;
            while (!stopping.IsCancellationRequested)
            {
                var slot = (int)(count % InFlightMax);
                if (count >= InFlightMax)
                {
                    await waiting[slot];
                }

                waiting[slot] = producer.ProduceAsync(samples[count % samples.Length], CancellationToken.None);
                count++;
                if (backlog is not null && count % 1000 == 0 && backlog(Interlocked.Add(ref sent, 1000)) > BacklogMax)
                {
                    await Task.Delay(1, CancellationToken.None);
                }
            }

            for (var index = Math.Max(0, count - InFlightMax); index < count; index++)
            {
                await waiting[index % InFlightMax];
            }

            return count;
        })).ToArray();
        return (await Task.WhenAll(tasks)).Sum();
    }
}
