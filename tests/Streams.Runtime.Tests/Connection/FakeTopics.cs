namespace Streams.Runtime.Tests.Connection;

/// <summary>Topics as a table of partition counts.</summary>
internal sealed class FakeTopics : ITopics
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public StreamsException? Failure { get; set; }

    public int Asked { get; private set; }

    public void Set(string topic, int partitions) => _counts[topic] = partitions;

    public ValueTask<TopicDescription> CreateAsync(TopicSpecification topic, CancellationToken cancellationToken = default)
    {
        Set(topic.Name, topic.Partitions ?? 6);
        return new(Describe(topic.Name)!);
    }

    public ValueTask<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken = default)
    {
        Asked++;
        return Failure is { } failure
            ? throw failure
            : new((IReadOnlyList<TopicDescription>)[.. _counts.Keys.Select(name => Describe(name)!)]);
    }

    public ValueTask<TopicDescription?> DescribeAsync(string topic, CancellationToken cancellationToken = default) => new(Describe(topic));

    public ValueTask AddPartitionsAsync(string topic, int partitionCount, CancellationToken cancellationToken = default)
    {
        Set(topic, partitionCount);
        return ValueTask.CompletedTask;
    }

    public ValueTask ConfigureAsync(
        string topic,
        IReadOnlyDictionary<string, string?> settings,
        CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    public ValueTask DeleteAsync(string topic, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private TopicDescription? Describe(string name)
        => _counts.TryGetValue(name, out var count) ? new(name, Guid.Empty, count, false, new Dictionary<string, string>()) : null;
}
