namespace Streams.Broker.Transport;

/// <summary>Topic administration in the process of the broker. Everything that writes files runs on the pool, not on the caller's thread.</summary>
internal sealed class EmbeddedTopics(EmbeddedBroker broker) : ITopics
{
    /// <inheritdoc />
    public async ValueTask<TopicDescription> CreateAsync(TopicSpecification topic, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var created = await Task.Run(() => broker.Topics.Create(topic), cancellationToken).ConfigureAwait(false);
        return created.Describe();
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken = default)
        => new(broker.Topics.Topics.Values.Select(topic => topic.Describe()).ToArray());

    /// <inheritdoc />
    public ValueTask<TopicDescription?> DescribeAsync(string topic, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return new(broker.Topics.Find(topic)?.Describe());
    }

    /// <inheritdoc />
    public async ValueTask AddPartitionsAsync(string topic, int partitionCount, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topic);
        await Task.Run(() => broker.Topics.AddPartitions(topic, partitionCount), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask ConfigureAsync(
        string topic, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topic);
        ArgumentNullException.ThrowIfNull(settings);
        await Task.Run(() => broker.Topics.Configure(topic, settings), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask DeleteAsync(string topic, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topic);
        await broker.DeleteTopicAsync(topic, cancellationToken).ConfigureAwait(false);
    }
}
