using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using MessagePack;
using Streams.Benchmarks.Contracts;

namespace Streams.Benchmarks.Scenarios;

/// <summary>Generated code against the MessagePack package's own formatters: the same types, the same bytes, both directions.</summary>
internal sealed class CodecScenario : IScenario
{
    private const int Rounds = 7;
    private const int Chunk = 256;

    /// <inheritdoc />
    public string Name => "codec";

    /// <inheritdoc />
    public string Description => "generated serializers beside MessagePackSerializer on the same types";

    /// <inheritdoc />
    public Task RunAsync(ScenarioSettings settings)
    {
        Console.WriteLine("contract          bytes   write ns  package  ratio   read ns  package  ratio   allocated when writing");
        var ratios = new List<double>();
        Compare("3 integers", new Numbers(1, 70_000, 5_000_000_000), settings.Duration, ratios);
        Compare(
            "reading",
            new Reading(Guid.NewGuid(), "Rotterdam", 17, 21.5, DateTime.UnixEpoch.AddYears(50), true),
            settings.Duration,
            ratios);
        Compare("order, 1 line", Order.Create(1), settings.Duration, ratios);
        Compare("order, 50 lines", Order.Create(50), settings.Duration, ratios);
        var mean = Math.Exp(ratios.Average(Math.Log));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"geometric mean of all ratios: {mean:F2}"));
        return Task.CompletedTask;
    }

    private static void Compare<T>(string name, T message, TimeSpan duration, List<double> ratios)
        where T : IMessage<T>
    {
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var payload = MessagePackSerializer.Serialize(message);
        if (!payload.AsSpan().SequenceEqual(MessagePayload.Serialize(message)))
        {
            throw new InvalidOperationException($"The bytes of '{name}' differ.");
        }

        var each = duration / 8;
        var write = Measure(each, () =>
        {
            output.ResetWrittenCount();
            T.WritePayload(message, output);
        });
        var packageWrite = Measure(each, () =>
        {
            output.ResetWrittenCount();
            MessagePackSerializer.Serialize(output, message);
        });
        var read = Measure(each, () => T.ReadPayload(payload));
        var packageRead = Measure(each, () => MessagePackSerializer.Deserialize<T>(payload));
        var before = GC.GetAllocatedBytesForCurrentThread();
        output.ResetWrittenCount();
        T.WritePayload(message, output);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        ratios.AddRange([packageWrite / write, packageRead / read]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-16} {payload.Length,6}   {write,8:F0} {packageWrite,8:F0} {packageWrite / write,6:F2}  "
            + $"{read,8:F0} {packageRead,8:F0} {packageRead / read,6:F2}   {allocated} B"));
    }

    // The best of some rounds: what disturbs a machine only ever adds.
    private static double Measure(TimeSpan duration, Action action)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            long count = 0;
            TimeSpan elapsed;
            do
            {
                for (var index = 0; index < Chunk; index++)
                {
                    action();
                }

                count += Chunk;
                elapsed = Stopwatch.GetElapsedTime(began);
            }
            while (elapsed < duration / Rounds);
            best = Math.Min(best, elapsed.TotalNanoseconds / count);
        }

        return best;
    }
}
