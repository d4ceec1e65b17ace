using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>One process that hosts the group, from its start to its stop or death.</summary>
internal sealed class SimulatedProcess
{
    private static readonly MessageDescriptor Order = new() { Type = typeof(SimulatedProcess), Topic = "orders", Name = "Order" };
    private static readonly MessageDescriptor Other = new() { Type = typeof(SimulatedHandler), Topic = "orders", Name = "Other" };
    private static readonly IServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    private readonly ScriptedProcess _scheduler;

    public SimulatedProcess(GroupDefinition definition, SimulatedBroker broker, ManualScheduler scheduler, FakeTimeProvider time)
    {
        _scheduler = new(scheduler);
        Handler = new(broker, time, definition.Commit == CommitPolicy.Manual);
        Log = new(broker);
        var descriptor = new HandlerDescriptor
        {
            HandlerType = typeof(SimulatedHandler),
            GroupId = definition.GroupId,
            Messages = [Order],
            Dispatcher = Handler,
            Lifetime = HandlerLifetime.Singleton,
            Callbacks = HandlerCallbacks.Assigned | HandlerCallbacks.Revoked | HandlerCallbacks.Lost
                | (broker.Chance.Next(2) == 0 ? HandlerCallbacks.Committed : HandlerCallbacks.None),
        };
        var whole = definition with
        {
            Handlers = [new(descriptor, new Dictionary<string, string> { ["orders"] = "orders" })],
            Messages = [Order, Other],
        };
        var environment = new GroupEnvironment(_scheduler, time, new Random(broker.Chance.Next()));
        Group = new(whole, broker, new ScriptedProducers(), Services, environment, Log);
        broker.Process = _scheduler;
        Starting = Group.StartAsync(default);
    }

    public ConsumerGroup Group { get; }

    public SimulatedHandler Handler { get; }

    public SimulatedLog Log { get; }

    public Task Starting { get; }

    public Task? Stopping { get; private set; }

    public Task? Revoking { get; set; }

    public bool HasStarted => Starting.IsCompleted;

    public void Stop() => Stopping = Group.StopAsync(TimeSpan.FromSeconds(20), default);

    public void Die() => _scheduler.Die();
}
