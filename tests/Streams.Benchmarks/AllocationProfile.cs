using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;

namespace Streams.Benchmarks;

/// <summary>Which types are allocated, by the runtime's own sample of every 100 KB; asked for with the environment variable ALLOCATIONS=1.</summary>
internal sealed class AllocationProfile : EventListener
{
    private const EventKeywords Gc = (EventKeywords)0x1;
    private const int AllocationTick = 10;
    private const int AmountField = 3;
    private const int TypeNameField = 5;
    private const int TypesShown = 12;

    private readonly ConcurrentDictionary<string, long> _bytes = new(StringComparer.Ordinal);

    /// <summary>Begins where it was asked for.</summary>
    public static AllocationProfile? Begin() => Environment.GetEnvironmentVariable("ALLOCATIONS") == "1" ? new() : null;

    /// <summary>Prints the types with the most bytes.</summary>
    public void Print(long count)
    {
        foreach (var (type, bytes) in _bytes.OrderByDescending(entry => entry.Value).Take(TypesShown))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(double)bytes / count,8:F1} B each  {type}"));
        }
    }

    /// <inheritdoc />
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
        {
            EnableEvents(eventSource, EventLevel.Verbose, Gc);
        }
    }

    /// <inheritdoc />
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId == AllocationTick && eventData.Payload is { Count: > TypeNameField } payload)
        {
            var amount = Convert.ToInt64(payload[AmountField], CultureInfo.InvariantCulture);
            _bytes.AddOrUpdate((string)payload[TypeNameField]!, amount, (_, bytes) => bytes + amount);
        }
    }
}
