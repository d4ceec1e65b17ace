using Microsoft.Extensions.DependencyInjection;

namespace Streams.Generators.Tests.Handlers;

/// <summary>What generated dispatchers do with records.</summary>
public sealed class DispatcherTests
{
    private readonly Recording _recording = new();
    private readonly FakeResults _results = new();
    private readonly MessageContext _context = new(new FakeState());

    private static readonly IReadOnlyDictionary<Type, HandlerDescriptor> Handlers = FindHandlers();

    [Fact]
    public void Descriptor_SaysWhatTheAttributeSays()
    {
        var descriptor = Handlers[typeof(EveryShape)];

        Assert.Equal(
            ("every.shape", CommitPolicy.Async, 10, TimeSpan.FromSeconds(1), false, ProcessingOrder.PerKey, 8,
                StartFrom.Latest, HandlerLifetime.Singleton),
            (descriptor.GroupId, descriptor.Commit, descriptor.CommitEvery, descriptor.CommitInterval, descriptor.FinalCommit,
                descriptor.Order, descriptor.Concurrency, descriptor.StartFrom, descriptor.Lifetime));
        Assert.Equal(["Placed", "Measured", "shipped-v2", "Größe"], descriptor.Messages.Select(message => message.Name));
        Assert.Equal(
            HandlerCallbacks.Committed | HandlerCallbacks.Assigned | HandlerCallbacks.Revoked | HandlerCallbacks.Lost,
            descriptor.Callbacks);
    }

    [Fact]
    public void Descriptor_WhenLittleIsSaid_HasTheDefaults()
    {
        var descriptor = Handlers[typeof(Plain)];

        Assert.Equal(
            (CommitPolicy.Auto, 1, null, true, ProcessingOrder.PerPartition, 0, StartFrom.Earliest,
                HandlerLifetime.Scoped, HandlerCallbacks.None),
            (descriptor.Commit, descriptor.CommitEvery, descriptor.CommitInterval, descriptor.FinalCommit, descriptor.Order,
                descriptor.Concurrency, descriptor.StartFrom, descriptor.Lifetime, descriptor.Callbacks));
    }

    [Fact]
    public void Route_FindsTheMethodByTopicAndWireName()
    {
        var dispatcher = Handlers[typeof(EveryShape)].Dispatcher;

        Assert.Equal(0, dispatcher.Route("orders", "Placed"u8));
        Assert.Equal(1, dispatcher.Route("measured", "Measured"u8));
        Assert.Equal(2, dispatcher.Route("orders", "shipped-v2"u8));
        Assert.Equal(3, dispatcher.Route("sizes", "Größe"u8));
        Assert.Equal(-1, dispatcher.Route("orders", "Measured"u8));
        Assert.Equal(-1, dispatcher.Route("orders", ""u8));
        Assert.Equal(-1, dispatcher.Route("elsewhere", "Placed"u8));
    }

    [Fact]
    public void AcceptsTombstone_WhereTheParameterIsNullable()
    {
        var dispatcher = Handlers[typeof(EveryShape)].Dispatcher;

        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(dispatcher.AcceptsTombstone));
    }

    [Fact]
    public void Create_InjectsServicesKeyedServicesAndDefaults()
    {
        var handler = (EveryShape)Create<EveryShape>(services => services.AddKeyedSingleton("blue", "sky"));

        Assert.Equal(["sky", 42, null, "default"], handler.Services);
    }

    [Fact]
    public void Create_PrefersRegisteredServicesToDefaults()
    {
        var handler = (EveryShape)Create<EveryShape>(services => services.AddKeyedSingleton("blue", "sky").AddSingleton("text")
            .AddSingleton(new Uri("http://a.example/")));

        Assert.Equal(["sky", 42, new Uri("http://a.example/"), "text"], handler.Services);
    }

    [Fact]
    public void Create_WhenAServiceIsMissing_SaysWhich()
        => Assert.Contains(
            "Recording",
            Assert.Throws<InvalidOperationException>(() => Handlers[typeof(EveryShape)].Dispatcher
                .Create(new ServiceCollection().BuildServiceProvider())).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Invoke_CallsTheMethodWithWhatItTakes()
    {
        var handler = Create<EveryShape>(services => services.AddKeyedSingleton("blue", "sky"));
        using var cancellation = new CancellationTokenSource();
        var placed = new Placed(Guid.NewGuid(), "Ada");

        await InvokeAsync(handler, 0, MessagePayload.Serialize(placed), cancellationToken: cancellation.Token);
        await InvokeAsync(handler, 1, MessagePayload.Serialize(new Measured(1, 2)), cancellationToken: cancellation.Token);
        await InvokeAsync(handler, 2, MessagePayload.Serialize(new Shipped(placed.Id, 3)), cancellationToken: cancellation.Token);
        await InvokeAsync(handler, 3, MessagePayload.Serialize(new Größe(4)), cancellationToken: cancellation.Token);

        Assert.Equal(
            [placed, ((Measured?)new Measured(1, 2), _context, cancellation.Token), (new Shipped(placed.Id, 3), _context), new Größe(4)],
            _recording.Calls);
    }

    [Fact]
    public async Task Invoke_OfATombstone_PassesNull()
    {
        var handler = Create<EveryShape>(services => services.AddKeyedSingleton("blue", "sky"));

        await InvokeAsync(handler, 1, default, isTombstone: true);
        await InvokeAsync(handler, 2, default, isTombstone: true);

        Assert.Equal([((Measured?)null, _context, CancellationToken.None), ((Shipped?)null, _context)], _recording.Calls);
    }

    [Fact]
    public async Task Invoke_OfAFaultyPayload_DoesNotCallTheMethod()
    {
        var handler = Create<EveryShape>(services => services.AddKeyedSingleton("blue", "sky"));

        await Assert.ThrowsAsync<MalformedPayloadException>(async () => await InvokeAsync(handler, 0, new byte[] { 0xc1 }));

        Assert.Empty(_recording.Calls);
    }

    [Fact]
    public async Task Invoke_OfAnInheritedMethod_CallsTheOverride()
    {
        var handler = (Plain)Create<Plain>();
        var placed = new Placed(Guid.NewGuid(), "Ada");

        await InvokeAsync(handler, 0, MessagePayload.Serialize(placed));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await InvokeAsync(handler, 1, MessagePayload.Serialize(new Shipped(placed.Id, 3))));

        Assert.Equal(placed, handler.Order);
        Assert.Equal("3 parcels", error.Message);
    }

    [Fact]
    public void Callbacks_ReachTheClass()
    {
        var handler = Create<EveryShape>(services => services.AddKeyedSingleton("blue", "sky"));
        var dispatcher = Handlers[typeof(EveryShape)].Dispatcher;
        IReadOnlyList<TopicPartition> partitions = [new("orders", 0)];
        var result = new CommitResult(new Dictionary<TopicPartition, long>(), null);

        dispatcher.OnCommitted(handler, result);
        dispatcher.OnPartitionsAssigned(handler, partitions);
        dispatcher.OnPartitionsRevoked(handler, partitions);
        dispatcher.OnPartitionsLost(handler, partitions);
        Handlers[typeof(Plain)].Dispatcher.OnCommitted(Create<Plain>(), result);

        Assert.Equal(
            [result, ("assigned", (object)partitions), ("revoked", (object)partitions), ("lost", (object)partitions)],
            _recording.Calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Invoke_WhenOneMessageIsReturned_ProducesItBeforeItCompletes(int route)
    {
        var returned = new Placed(Guid.NewGuid(), "produced");
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _results.Acknowledged = acknowledged.Task;

        var invocation = InvokeAsync(new ReturningOne(returned), route, PayloadOf(route)).AsTask();
        while (_results.Produced.Count == 0)
        {
            await Task.Yield();
        }

        Assert.False(invocation.IsCompleted);
        acknowledged.SetResult();
        await invocation;
        Assert.Equal([returned], _results.Produced);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Invoke_WhenAStructIsReturned_ProducesIt(int route)
    {
        await InvokeAsync(new ReturningValues(new Measured(7, 7)), route, PayloadOf(route));

        Assert.Equal([route == 2 ? new Measured(1, 2) : new Measured(7, 7)], _results.Produced);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Invoke_WhenNoStructIsReturned_ProducesNothing(int route)
    {
        await InvokeAsync(new ReturningValues(null), route, PayloadOf(route));

        Assert.Empty(_results.Produced);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Invoke_WhenSeveralAreReturned_ProducesThemOneAfterTheOther(int route)
    {
        var returned = new[] { new Placed(Guid.NewGuid(), "a"), null, new Placed(Guid.NewGuid(), "b") };
        var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _results.Acknowledged = acknowledged.Task;

        var invocation = InvokeAsync(new ReturningMany(returned), route, PayloadOf(route)).AsTask();
        while (_results.Produced.Count == 0)
        {
            await Task.Yield();
        }

        Assert.Single(_results.Produced);
        acknowledged.SetResult();
        await invocation;
        Assert.Equal(returned, _results.Produced);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Invoke_WhenNoCollectionIsReturned_ProducesNothing(int route)
    {
        await InvokeAsync(new ReturningMany(null), route, PayloadOf(route));

        Assert.Empty(_results.Produced);
    }

    [Fact]
    public void Invoke_OfAHandlerThatIsDoneAtOnce_AllocatesTheMessageOnly()
    {
        var handler = new ReturningValues(new Measured(1, 1));
        var dispatcher = Handlers[typeof(ReturningValues)].Dispatcher;
        var results = new Counting();
        var payload = MessagePayload.Serialize(new Measured(1, 2));
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var done = dispatcher.InvokeAsync(handler, 2, payload, false, _context, results, CancellationToken.None);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(done.IsCompletedSuccessfully);
        }

        Assert.Equal(0, least);
        Assert.Equal(5, results.Count);
    }

    private static byte[] PayloadOf(int route) => route switch
    {
        0 => MessagePayload.Serialize(new Placed(Guid.NewGuid(), "")),
        1 => MessagePayload.Serialize(new Shipped(Guid.NewGuid(), 1)),
        2 => MessagePayload.Serialize(new Measured(1, 2)),
        _ => MessagePayload.Serialize(new Größe(1)),
    };

    private static Dictionary<Type, HandlerDescriptor> FindHandlers()
    {
        var catalog = new StreamsCatalog();
        var builder = new StreamsBuilder(new ServiceCollection(), catalog).AddHandlers().AddHandlers().AddMessages();
        Assert.Same(catalog, builder.Catalog);
        return catalog.Handlers.ToDictionary(handler => handler.HandlerType);
    }

    private object Create<T>(Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(_recording);
        add?.Invoke(services);
        return Handlers[typeof(T)].Dispatcher.Create(services.BuildServiceProvider());
    }

    private ValueTask InvokeAsync(
        object handler, int route, ReadOnlyMemory<byte> payload, bool isTombstone = false, CancellationToken cancellationToken = default)
        => Handlers[handler.GetType()].Dispatcher.InvokeAsync(handler, route, payload, isTombstone, _context, _results, cancellationToken);

    private sealed class Counting : HandlerResults
    {
        public int Count { get; private set; }

        public override ValueTask ProduceAsync<T>(T? message, CancellationToken cancellationToken)
            where T : default
        {
            Count++;
            return default;
        }
    }
}
