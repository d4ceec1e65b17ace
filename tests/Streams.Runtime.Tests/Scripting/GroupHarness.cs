using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Streams.Runtime.Groups;

namespace Streams.Runtime.Tests.Scripting;

/// <summary>
/// One group on a scripted transport, a fake clock and a scheduler that runs on the test's thread: the test decides every step, and after
/// each the invariant is checked that nothing above the watermark is committed.
/// </summary>
internal sealed class GroupHarness
{
    public static readonly TopicPartition P0 = new("orders", 0);
    public static readonly TopicPartition P1 = new("orders", 1);

    private static readonly MessageDescriptor Order = new() { Type = typeof(GroupHarness), Topic = "orders", Name = "Order" };
    private static readonly MessageDescriptor Other = new() { Type = typeof(ManualScheduler), Topic = "orders", Name = "Other" };

    private readonly ScriptedProcess _process;

    private GroupHarness(Func<GroupDefinition, GroupDefinition>? define, GroupHarness? before, int? seed)
    {
        // Continuations run where they are completed, as on the pool: on this thread, in the order the test pumps.
        SynchronizationContext.SetSynchronizationContext(null);
        Scheduler = before?.Scheduler ?? new(seed);
        Time = before?.Time ?? new();
        Transport = before?.Transport ?? new(Scheduler, Time);
        _ = (Transport[P0], Transport[P1]);
        Producers = new();
        Handler = new(Transport.Journal, Time, "Order");
        _process = new(Scheduler);
        var handler = new HandlerDescriptor
        {
            HandlerType = typeof(ScriptedDispatcher),
            GroupId = "billing",
            Messages = [Order],
            Dispatcher = Handler,
            Lifetime = HandlerLifetime.Singleton,
            Callbacks = HandlerCallbacks.Assigned | HandlerCallbacks.Revoked | HandlerCallbacks.Lost | HandlerCallbacks.Committed,
        };
        var definition = new GroupDefinition
        {
            GroupId = "billing",
            Handlers = [new(handler, new Dictionary<string, string> { ["orders"] = "orders" })],
            Messages = [Order, Other],
        };
        Definition = define?.Invoke(definition) ?? definition;
        Handler.IsManual = Definition.Commit == CommitPolicy.Manual;
        Handler.Order = Definition.Order;
        Handler.CallsMax = () => Definition.Concurrency > 0 ? Definition.Concurrency : Math.Max(1, Transport.Member?.Leases.Count ?? 1);
        var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(Log)));
        Group = new(Definition, Transport, Producers, Services, new GroupEnvironment(_process, Time, new Random(seed ?? 1)), loggers);
    }

    public ManualScheduler Scheduler { get; }

    public FakeTimeProvider Time { get; }

    public ScriptedTransport Transport { get; }

    public ScriptedMember Member => Transport.Member!;

    public ScriptedDispatcher Handler { get; }

    public DeliveryJournal Journal => Transport.Journal;

    public ScriptedProducers Producers { get; }

    public FakeLogCollector Log { get; } = new();

    public IServiceProvider Services { get; } = new ServiceCollection().BuildServiceProvider();

    public GroupDefinition Definition { get; }

    public ConsumerGroup Group { get; }

    /// <summary>The same group with a handler class that has other <c>On...</c> methods, or another lifetime.</summary>
    public static GroupDefinition WithCallbacks(
        GroupDefinition definition, HandlerCallbacks callbacks, HandlerLifetime lifetime = HandlerLifetime.Singleton)
        => definition with
        {
            Handlers = [.. definition.Handlers.Select(binding => binding with
            {
                Descriptor = new()
                {
                    HandlerType = binding.Descriptor.HandlerType,
                    GroupId = binding.Descriptor.GroupId,
                    Messages = binding.Descriptor.Messages,
                    Dispatcher = binding.Descriptor.Dispatcher,
                    Lifetime = lifetime,
                    Callbacks = callbacks,
                },
            })],
        };

    /// <summary>Makes a group and starts it; nothing is assigned.</summary>
    public static GroupHarness Start(Func<GroupDefinition, GroupDefinition>? define = null, int? seed = null)
    {
        var harness = new GroupHarness(define, null, seed);
        harness.Run(harness.Group.StartAsync(default));
        return harness;
    }

    /// <summary>Makes a group that is not started.</summary>
    public static GroupHarness Make(Func<GroupDefinition, GroupDefinition>? define = null) => new(define, null, null);

    /// <summary>Another process with the same group after this one has died: only what the broker holds is left.</summary>
    /// <param name="handle">What the handlers of the next process do; null lets them return at once.</param>
    public GroupHarness Crash(Func<HandlerCall, HandlerResults, ValueTask>? handle = null)
    {
        _process.Die();
        Member.Die();
        var next = new GroupHarness(made => Definition with { Handlers = made.Handlers }, this, null);
        next.Handler.Handle = handle;
        next.Run(next.Group.StartAsync(default));
        return next;
    }

    public GroupHarness Assign(params TopicPartition[] partitions)
    {
        Member.Assign(partitions);
        Pump();
        return this;
    }

    public GroupHarness Add(TopicPartition partition, int count, string? key = null)
    {
        for (var index = 0; index < count; index++)
        {
            Transport.Add(partition, key);
        }

        return this;
    }

    /// <summary>A step of its own in this process.</summary>
    public void Later(Action step) => _process.Schedule(new Step(step));

    public GroupHarness Hold()
    {
        Handler.Handle = ScriptedDispatcher.Hold;
        return this;
    }

    public GroupHarness Pump()
    {
        Scheduler.Run();
        Assert.Empty(Journal.Faults);
        return this;
    }

    public GroupHarness Advance(TimeSpan time)
    {
        Pump();
        Time.Advance(time);
        return Pump();
    }

    public void Run(Task task)
    {
        Pump();
        Assert.True(task.IsCompleted, "The call has not come back, and nothing is left to run.");
        task.GetAwaiter().GetResult();
    }

    public T Run<T>(Task<T> task)
    {
        Run((Task)task);
        return task.GetAwaiter().GetResult();
    }

    public HandlerCall Call(long offset, TopicPartition? partition = null)
        => Handler.Calls.FindLast(call => call.Offset == offset && call.Partition == (partition ?? P0))
            ?? throw new InvalidOperationException($"No handler was called for offset {offset}.");

    /// <summary>Ends one call and lets the group go on.</summary>
    public GroupHarness Return(long offset, TopicPartition? partition = null)
    {
        Call(offset, partition).Return();
        return Pump();
    }

    public long? Committed(TopicPartition partition) => Transport.Committed.TryGetValue(partition, out var offset) ? offset : null;

    public PartitionSnapshot Snapshot(TopicPartition partition)
        => Run(Group.SnapshotAsync().AsTask()).Partitions.Single(one => one.Partition == partition);

    public void AssertEveryBlockIsReturned()
        => Assert.All(Transport.Blocks, block => Assert.True(block.IsReturned, "A block was never released."));

    private sealed class Step(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
