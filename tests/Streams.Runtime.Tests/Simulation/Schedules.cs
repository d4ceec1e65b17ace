using System.Globalization;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>Runs schedules of one kind over all cores; the first that fails is told with its seed and all that happened.</summary>
internal static class Schedules
{
    private const int InAll = 5_000;
    private const int Kinds = 12;

    public static void Run(CommitPolicy policy, ProcessingOrder order, PlantedMistake? mistake = null)
    {
        if (Number("STREAMS_SEED") is { } one)
        {
            Replay(one, policy, order, mistake);
            return;
        }

        // The same seeds every time, so that a change is judged by what it changes; STREAMS_FIRST_SEED explores others.
        var first = Number("STREAMS_FIRST_SEED") ?? 1;
        if (FirstFailure(first, (Number("STREAMS_SCHEDULES") ?? InAll) / Kinds, policy, order, mistake) is { } seed)
        {
            Replay(seed, policy, order, mistake);
            Assert.Fail($"Seed {seed} failed, and not when it was replayed: something in it is not drawn from the seed.");
        }
    }

    /// <summary>Returns the first seed that fails, or null.</summary>
    public static int? FirstFailure(
        int first, int count, CommitPolicy policy, ProcessingOrder order, PlantedMistake? mistake)
    {
        var (next, failed) = (first - 1, int.MaxValue);
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(RunSome)).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return failed == int.MaxValue ? null : failed;

        void RunSome()
        {
            while (Volatile.Read(ref failed) == int.MaxValue && Interlocked.Increment(ref next) is var seed && seed < first + count)
            {
                try
                {
                    new Schedule(seed, policy, order, mistake).Run();
                }
                catch (Exception)
                {
                    Interlocked.Exchange(ref failed, Math.Min(seed, Volatile.Read(ref failed)));
                }
            }
        }
    }

    private static void Replay(int seed, CommitPolicy policy, ProcessingOrder order, PlantedMistake? mistake)
    {
        var trace = new List<string>();
        try
        {
            new Schedule(seed, policy, order, mistake, trace).Run();
        }
        catch (Exception error)
        {
            Assert.Fail($"STREAMS_SEED={seed} ({policy}, {order}): {error.Message}{Environment.NewLine}"
                + string.Join(Environment.NewLine, trace.TakeLast(120)));
        }
    }

    private static int? Number(string variable)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
