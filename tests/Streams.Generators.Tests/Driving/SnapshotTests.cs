namespace Streams.Generators.Tests.Driving;

/// <summary>What generated code looks like, so that a change of it shows in a review.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Message_OfAPlainRecord()
        => Snapshot.Matches(Sources.Run("""
            namespace Shop;

            [Message("orders", Partitions = 12, Ordered = true, Retention = "7d")]
            public partial record OrderPlaced([PartitionKey] Guid OrderId, string Customer, decimal Total);
            """).Result);

    [Fact]
    public void Message_OfAClassWithCollections()
        => Snapshot.Matches(Sources.Run("""
            [Message("carts")]
            public partial class Cart
            {
                [Key(0), PartitionKey(Order = 1)] public int Shop { get; set; }
                [Key(2), PartitionKey(Order = 0)] public required string Customer { get; init; }
                [Key(3)] public List<Line>? Lines { get; private set; }
                [Key(4)] public Dictionary<string, DateOnly?>? Days { get; set; }
            }

            public readonly record struct Line(string Article, int Count);
            """).Result);

    [Fact]
    public void Message_ThatCannotBeWritten()
        => Snapshot.Matches(Sources.Run("""
            [Message("bad")]
            public partial record Bad(object Anything);
            """).Result);

    [Fact]
    public void Handler_OfSeveralMessages()
        => Snapshot.Matches(Sources.Run("""
            namespace Shop
            {
                [Message("orders")]
                public partial record struct Placed(int Id);

                [Message("orders")]
                public partial record struct Shipped(int Id);

                [ConsumerGroup("billing", Commit = CommitPolicy.Sync, CommitInterval = "250ms")]
                public sealed class Billing(IServiceProvider services)
                {
                    public async Task<Shipped?> HandleAsync(Placed placed, CancellationToken cancellationToken)
                    {
                        await Task.Yield();
                        return services is null ? null : new Shipped(placed.Id);
                    }

                    public IAsyncEnumerable<Placed>? Handle(Shipped? shipped, MessageContext context) => null;

                    public void OnCommitted(CommitResult result) { }
                }
            }
            """).Result);
}
