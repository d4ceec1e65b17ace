namespace Streams.Benchmarks;

/// <summary>Tasks that produce as fast as acknowledgements come, with a bounded number of messages on their way.</summary>
internal sealed class Producers
{
    private const int InFlightMax = 100_000;
    private const int CheckEvery = 1000;

    private readonly IProducer<Sample> _producer;
    private readonly Func<long> _done;
    private readonly Action<ProduceReport> _report;
    private long _sent;
    private long _acknowledged;
    private long _failed;

    /// <summary>Initializes a new instance of the <see cref="Producers"/> class.</summary>
    /// <param name="producer">The producer.</param>
    /// <param name="handled">How many messages were handled, where somebody handles them: no more than a bounded number may wait.</param>
    public Producers(IProducer<Sample> producer, Func<long>? handled = null)
    {
        _producer = producer;
        _report = report =>
        {
            Interlocked.Increment(ref _acknowledged);
            if (!report.IsSuccess)
            {
                Interlocked.Increment(ref _failed);
            }
        };
        _done = handled ?? (() => Interlocked.Read(ref _acknowledged));
    }

    /// <summary>Runs one task for each core and returns how many messages were acknowledged.</summary>
    public async Task<long> RunAsync(TimeSpan duration)
    {
        var before = Interlocked.Read(ref _acknowledged);
        using var stopping = new CancellationTokenSource(duration);
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() => ProduceAsync(stopping.Token))));
        await _producer.FlushAsync();
        return _failed == 0
            ? Interlocked.Read(ref _acknowledged) - before
            : throw new InvalidOperationException($"{_failed} messages were not produced.");
    }

    private async Task ProduceAsync(CancellationToken stopping)
    {
        var samples = Sample.Many(1024);
        for (var count = 0; !stopping.IsCancellationRequested; count++)
        {
            if (count % CheckEvery == 0 && Interlocked.Add(ref _sent, CheckEvery) - _done() > InFlightMax)
            {
                while (Interlocked.Read(ref _sent) - _done() > InFlightMax / 2 && !stopping.IsCancellationRequested)
                {
                    await Task.Delay(1, CancellationToken.None);
                }
            }

            _producer.Produce(samples[count % samples.Length], _report);
        }
    }
}
