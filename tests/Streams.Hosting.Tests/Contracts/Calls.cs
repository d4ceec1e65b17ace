using System.Collections.Concurrent;

namespace Streams.Hosting.Tests.Contracts;

/// <summary>What handlers of a host were called for, in order; shared by several hosts where a test says so.</summary>
public sealed class Calls
{
    private readonly ConcurrentQueue<string> _orders = new();

    public IReadOnlyCollection<string> Orders => _orders;

    /// <summary>Whether the world is in such a state that handlers fail.</summary>
    public bool Fail { get; set; }

    public void Add(OrderPlaced order)
    {
        if (Fail)
        {
            throw new InvalidOperationException("The ledger is closed.");
        }

        _orders.Enqueue(order.OrderId);
    }
}
