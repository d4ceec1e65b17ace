using Microsoft.Extensions.DependencyInjection;

#pragma warning disable STRM0022 // The tests look at what was passed; nothing asks a recorded context for its record.

namespace Streams.Generators.Tests.Handlers;

[ConsumerGroup("every.shape", Commit = CommitPolicy.Async, CommitEvery = 10, CommitInterval = "1s", FinalCommit = false,
    Order = ProcessingOrder.PerKey, Concurrency = 8, StartFrom = StartFrom.Latest, Lifetime = HandlerLifetime.Singleton)]
public sealed class EveryShape(
    Recording recording,
    [FromKeyedServices("blue")] string keyed,
    int number = 42,
    Uri? missing = null,
    string text = "default")
{
    public object?[] Services { get; } = [keyed, number, missing, text];

    public void Handle(Placed order) => recording.Calls.Add(order);

    public ValueTask HandleAsync(Measured? measured, CancellationToken cancellationToken, MessageContext context)
    {
        recording.Calls.Add((measured, context, cancellationToken));
        return default;
    }

    public Task HandleAsync(Shipped? shipped, MessageContext context)
    {
        recording.Calls.Add((shipped, context));
        return Task.CompletedTask;
    }

    internal void Handle(Größe größe) => recording.Calls.Add(größe);

    public void OnCommitted(CommitResult result) => recording.Calls.Add(result);

    public void OnPartitionsAssigned(IReadOnlyList<TopicPartition> partitions) => recording.Calls.Add(("assigned", (object)partitions));

    public void OnPartitionsRevoked(IEnumerable<TopicPartition> partitions) => recording.Calls.Add(("revoked", (object)partitions));

    public void OnPartitionsLost(IReadOnlyCollection<TopicPartition> partitions) => recording.Calls.Add(("lost", (object)partitions));
}

[ConsumerGroup("plain")]
public class Plain : PlainBase
{
    public override void Handle(Placed order) => Order = order;

    public Placed? Order { get; private set; }
}

public abstract class PlainBase
{
    public abstract void Handle(Placed order);

    public Task HandleAsync(Shipped shipped) => throw new InvalidOperationException($"{shipped.Parcels} parcels");
}
