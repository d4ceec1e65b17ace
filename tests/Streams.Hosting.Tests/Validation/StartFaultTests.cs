using Streams.Hosting.Tests.Contracts;

namespace Streams.Hosting.Tests.Validation;

/// <summary>
/// What a host was told and cannot mean: each fault says what, which value, which bound and what to do, before anything is opened. A key whose
/// bytes are not stable does not come this far: that is STRM0204, at compile time.
/// </summary>
public sealed class StartFaultTests
{
    [Fact]
    public async Task Start_WithSeveralFaults_NamesAllOfThemAtOnceAndOpensNothing()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");

        var faults = await TestApplication.FaultsAsync(
            streams => streams.UseEmbeddedBroker(data).AddHandler<Billing>(),
            ("Producer:BatchBytesMax", "0"),
            ("Groups:billing:Concurrency", "-1"),
            ("Groups:biling:Enabled", "false"),
            ("Topics:orders:SegmentBytes", "1000"),
            ("ShutdownDrain", "00:05:00"));

        Assert.Equal(
            [
                "'Streams:Groups:biling' names no group with a handler in this host. Did you mean 'billing'? Known here: 'billing'. "
                    + "Correct the name, call AddHandlers(), or remove the entry.",
                "'Streams:Groups:billing:Concurrency' is -1, and must be from 0 to 10,000.",
                "'Streams:Producer:BatchBytesMax' is 0, and must be from 1 to 1,048,576.",
                "'Streams:ShutdownDrain' is '00:05:00', and must be below the host's shutdown timeout of '00:00:30', or the host gives up "
                    + "before offsets are committed. Lower it, or raise HostOptions.ShutdownTimeout.",
                "'Streams:Topics:orders:SegmentBytes' is 1000, and must be from 1,048,576 to 2,147,483,647.",
            ],
            faults.Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(data));
    }

    [Theory]
    [InlineData("Groups:billing:Concurency", "4", "Groups:billing:Concurency' is not known. Did you mean 'Concurrency'? Known here: ")]
    [InlineData("Group:billing:Concurrency", "4", "Group' is not known. Did you mean 'Groups'? Known here: ")]
    [InlineData("Groups:billing:Concurrency", "many", "Groups:billing:Concurrency' is 'many', which is no whole number up to ")]
    [InlineData("Groups:billing:Concurrency", "10001", "Groups:billing:Concurrency' is 10001, and must be from 0 to 10,000.")]
    [InlineData("Groups:billing:CommitInterval", "5", "Groups:billing:CommitInterval' is '5', which has no unit. Write hours, ")]
    [InlineData("Groups:billing:CommitEvery", "0", "Groups:billing:CommitEvery' is 0, and must be from 1 to 2,147,483,647.")]
    [InlineData("Groups:billing:InFlightMax", "0", "Groups:billing:InFlightMax' is 0, and must be from 1 to 100,000.")]
    [InlineData("Groups:billing:SessionTimeout", "01:00:00", "Groups:billing:SessionTimeout' is '01:00:00', and must be from '00:00:06'")]
    [InlineData("Groups:billing:HeartbeatInterval", "00:00:45", "Groups:billing:HeartbeatInterval' is '00:00:45', and must be below ")]
    [InlineData("Groups:billing:RevocationDrain", "00:02:00", "Groups:billing:RevocationDrain' is '00:02:00', and must be below ")]
    [InlineData("Groups:billing:StartFrom", "Yesterday", "Groups:billing:StartFrom' is 'Yesterday', which is neither Earliest, ")]
    [InlineData("Groups:billing:InstanceId", "a b", "Groups:billing:InstanceId' is 'a b', which holds the character ' '; only ")]
    [InlineData("Groups:billing", "yes", "Groups:billing' is 'yes', but takes a part with settings: Enabled, ")]
    [InlineData("Topics:order:Durability", "Fsync", "Topics:order' names no topic of a message of this host. Did you mean 'orders'? ")]
    [InlineData("Topics:orders:Durability", "Paper", "Topics:orders:Durability' is 'Paper', which is not one of Memory, ")]
    [InlineData("Topics:orders:Retention", "-1.00:00:00", "Topics:orders:Retention' is '-1.00:00:00', and must be more than ")]
    [InlineData("Topics:orders:RetentionBytes", "0", "Topics:orders:RetentionBytes' is 0, and must be from 1 to ")]
    [InlineData("Producer:Acks", "Some", "Producer:Acks' is 'Some', which is not one of ")]
    [InlineData("Producer:Compression", "rar", "Producer:Compression' is 'rar', which is not one of none, gzip, snappy, lz4, zstd.")]
    [InlineData("Producer:BufferBytesMax", "10", "Producer:BufferBytesMax' is 10, and must be from 65,536 to ")]
    [InlineData("Producer:Linger", "00:03:00", "Producer:Linger' is '00:03:00', and must be from '00:00:00' to '00:02:00'.")]
    [InlineData("Broker:Data", " ", "Broker:Data' is empty. Name a directory, or leave the setting out and call UseMemory().")]
    public async Task Start_WithASettingThatCannotBeMeant_SaysWhichAndWhy(string key, string value, string fault)
    {
        var faults = await TestApplication.FaultsAsync(streams => streams.UseEmbeddedBroker("data").AddHandler<Billing>(), (key, value));

        Assert.StartsWith($"'Streams:{fault}", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutABroker_SaysHowToChooseOne()
    {
        var faults = await TestApplication.FaultsAsync(streams => streams.AddHandler<Billing>());

        Assert.Equal(
            "No broker was chosen. Call UseEmbeddedBroker(path) or UseMemory() on the builder of AddStreams.",
            Assert.Single(faults));
    }

    [Fact]
    public async Task Start_WhenMessagesOfATopicDisagreeAboutPartitions_NamesThem()
    {
        var faults = await FaultsOfMessagesAsync(
            new() { Type = typeof(OrderPlaced), Topic = "orders", Name = "Placed", Partitions = 6 },
            new() { Type = typeof(OrderShipped), Topic = "orders", Name = "Shipped", Partitions = 12 },
            new() { Type = typeof(InvoiceRaised), Topic = "orders", Name = "Raised" });

        Assert.Equal(
            "The messages on topic 'orders' disagree about Partitions: 'OrderPlaced' says 6, 'OrderShipped' says 12. "
                + "A topic has one value: say the same in each [Message].",
            Assert.Single(faults));
    }

    [Fact]
    public async Task Start_WhenMessagesOfATopicShareAWireName_NamesThem()
    {
        var faults = await FaultsOfMessagesAsync(
            new() { Type = typeof(OrderPlaced), Topic = "orders", Name = "Order" },
            new() { Type = typeof(OrderShipped), Topic = "orders", Name = "Order" });

        Assert.Contains("On topic 'orders' the wire name 'Order' stands for ", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("or ders", "holds the character ' '; only letters, digits, dots, hyphens and underscores are allowed")]
    [InlineData("orders/eu", "holds the character '/'; only letters, digits, dots, hyphens and underscores are allowed")]
    [InlineData("{Stage}.orders", "holds the character '{'; only letters, digits, dots, hyphens and underscores are allowed, and the only")]
    [InlineData("..", "means a folder to the file system")]
    [InlineData("", "has 0 characters, and must have 1 to 249")]
    public async Task Start_WithATopicNameThatIsNotAllowed_SaysWhatIsWrongWithIt(string topic, string fault)
    {
        var faults = await FaultsOfMessagesAsync(new MessageDescriptor { Type = typeof(OrderPlaced), Topic = topic, Name = "Placed" });

        Assert.StartsWith($"The topic '{topic}' of 'OrderPlaced' {fault}", Assert.Single(faults), StringComparison.Ordinal);
        Assert.EndsWith("Change the topic in [Message].", faults[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task Start_WithAPartitionCountOutOfBounds_NamesTheBounds(int partitions)
    {
        var faults = await FaultsOfMessagesAsync(
            new MessageDescriptor { Type = typeof(OrderPlaced), Topic = "orders", Name = "Placed", Partitions = partitions });

        Assert.Equal(
            $"'OrderPlaced' asks for {partitions} partitions, and must ask for 1 to 10,000. "
                + "Change Partitions in [Message], or leave it out for the broker's default.",
            Assert.Single(faults));
    }

    [Fact]
    public async Task Start_WithACompactedTopicWithoutKeys_SaysWhatToDo()
    {
        var faults = await FaultsOfMessagesAsync(
            new MessageDescriptor { Type = typeof(OrderPlaced), Topic = "orders", Name = "Placed", Compacted = true });

        Assert.EndsWith("Mark a member with [PartitionKey], or remove Compacted.", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenHandlersOfAGroupDisagree_NamesThemAndWhatTheySay()
    {
        var faults = await TestApplication.FaultsAsync(streams => streams
            .UseMemory()
            .AddHandler<Billing>()
            .AddHandler(Handler(typeof(OrderShipped), CommitPolicy.Async)));

        Assert.Equal(
            "The handlers of group 'billing' disagree about Commit: 'Billing' says Sync, 'OrderShipped' says Async. "
                + "It holds for the whole group: say the same in each [ConsumerGroup], or give one class a group of its own.",
            Assert.Single(faults));
    }

    [Fact]
    public async Task Start_WithATransactionalGroup_SaysThatThereAreNoTransactionsYet()
    {
        var faults = await TestApplication.FaultsAsync(streams => streams
            .UseMemory()
            .AddHandler(Handler(typeof(OrderShipped), CommitPolicy.Transactional)));

        Assert.StartsWith(
            "'OrderShipped' asks for CommitPolicy.Transactional, and the broker has no transactions yet. Use Sync, ",
            Assert.Single(faults),
            StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<string>> FaultsOfMessagesAsync(params MessageDescriptor[] messages)
        => TestApplication.FaultsAsync(streams =>
        {
            streams.UseMemory();
            Array.ForEach(messages, message => streams.Catalog.TryAdd(message));
        });

    // A class by name only: the host refuses to start before it could be called.
    private static HandlerDescriptor Handler(Type type, CommitPolicy commit) => new()
    {
        HandlerType = type,
        GroupId = "billing",
        Messages = [new MessageDescriptor { Type = typeof(OrderShipped), Topic = "orders", Name = "Shipped" }],
        Dispatcher = null!,
        Commit = commit,
    };
}
