using System.Diagnostics;
using HdrHistogram;

namespace Streams.Benchmarks;

/// <summary>Counts, and measures how long a message took where it says when it was sent.</summary>
[ConsumerGroup("benchmark", Commit = CommitPolicy.Async, Lifetime = HandlerLifetime.Singleton)]
public sealed class SampleHandler
{
    private readonly LongConcurrentHistogram _latency = new(1, TimeSpan.FromMinutes(1).Ticks, 3);
    private long _handled;

    /// <summary>Gets how many were handled.</summary>
    public long Handled => Interlocked.Read(ref _handled);

    /// <summary>Gets the times from produce to handler, in units of 100 ns.</summary>
    public HistogramBase Latency => _latency;

    /// <summary>Handles one.</summary>
    public void Handle(Sample sample)
    {
        Interlocked.Increment(ref _handled);
        if (sample.SentAt != 0)
        {
            _latency.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(sample.SentAt).Ticks));
        }
    }
}
