using Microsoft.Extensions.Logging;
using Streams.Runtime.Commits;
using Streams.Runtime.Processing;
using Streams.Transport;

namespace Streams.Runtime.Groups;

/// <summary>A checked definition turned into what the group's parts need. Immutable.</summary>
internal sealed class GroupWiring
{
    private readonly Dictionary<string, TopicRoutes> _routes;

    /// <summary>Initializes a new instance of the <see cref="GroupWiring"/> class.</summary>
    public GroupWiring(
        GroupDefinition definition, IProducerFactory producers, IServiceProvider services, GroupEnvironment environment, ILogger logger)
    {
        var results = new ReturnedMessages(producers);
        var targets = definition.Handlers.Select(binding => (Binding: binding, Target: new HandlerTarget(binding.Descriptor, services,
            results)))
            .ToArray();
        Targets = [.. targets.Select(pair => pair.Target)];
        _routes = targets
            .SelectMany(pair => pair.Binding.Topics.Select(topic => (Real: topic.Value, Declared: topic.Key, pair.Target)))
            .GroupBy(topic => topic.Real, StringComparer.Ordinal)
            .ToDictionary(
                topic => topic.Key,
                topic => new TopicRoutes(
                    topic.Key,
                    topic.Select(one => (one.Declared, one.Target)),
                    KnownOn([.. topic.Select(one => one.Declared)], definition)),
                StringComparer.Ordinal);
        Commits = new(definition.GroupId, definition.Commit, definition.CommitEvery, definition.CommitInterval);
        Processing = new()
        {
            Commits = Commits,
            Order = definition.Order,
            InFlightMax = definition.InFlightMax,
            Slots = new(Math.Max(1, definition.Concurrency)),
            Scheduler = environment.Scheduler,
            Logger = logger,
        };
        Consumer = new()
        {
            GroupId = definition.GroupId,
            Topics = [.. _routes.Keys.Order(StringComparer.Ordinal)],
            InstanceId = definition.InstanceId,
            SessionTimeout = definition.SessionTimeout,
            HeartbeatInterval = definition.HeartbeatInterval,
            RebalanceTimeout = definition.RebalanceTimeout,
        };
        FlushProducers = producers is IProducerFlush flush ? flush.FlushAsync : static _ => Task.CompletedTask;
    }

    /// <summary>Gets the handler classes.</summary>
    public IReadOnlyList<HandlerTarget> Targets { get; }

    /// <summary>Gets the commit policy.</summary>
    public CommitSettings Commits { get; }

    /// <summary>Gets what the workers share.</summary>
    public ProcessingSettings Processing { get; }

    /// <summary>Gets what the transport's member is told.</summary>
    public ConsumerSettings Consumer { get; }

    /// <summary>Gets what lets messages queued by handlers become durable before the final commit of a stop.</summary>
    public Func<CancellationToken, Task> FlushProducers { get; }

    /// <summary>Returns the routes of a topic the group has subscribed to.</summary>
    public TopicRoutes RoutesOf(string topic) => _routes[topic];

    private static List<MessageDescriptor> KnownOn(HashSet<string> declared, GroupDefinition definition)
        => [.. definition.Messages
            .Concat(definition.Handlers.SelectMany(binding => binding.Descriptor.Messages))
            .Where(message => declared.Contains(message.Topic))
            .DistinctBy(message => message.Type)];
}
