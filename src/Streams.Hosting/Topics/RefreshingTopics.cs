using Streams.Runtime.Connection;

namespace Streams.Hosting.Topics;

/// <summary>What applications get as <see cref="ITopics"/>: the transport's, and this host's producers see a change at once. Thread-safe.</summary>
internal sealed class RefreshingTopics(TransportConnection connection) : ITopics
{
    private ITopics Topics => connection.Transport.Topics;

    /// <inheritdoc />
    public async ValueTask<TopicDescription> CreateAsync(TopicSpecification topic, CancellationToken cancellationToken = default)
    {
        var created = await Topics.CreateAsync(topic, cancellationToken).ConfigureAwait(false);
        await connection.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return created;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken = default)
        => Topics.ListAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask<TopicDescription?> DescribeAsync(string topic, CancellationToken cancellationToken = default)
        => Topics.DescribeAsync(topic, cancellationToken);

    /// <inheritdoc />
    public async ValueTask AddPartitionsAsync(string topic, int partitionCount, CancellationToken cancellationToken = default)
    {
        await Topics.AddPartitionsAsync(topic, partitionCount, cancellationToken).ConfigureAwait(false);
        await connection.RefreshAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask ConfigureAsync(
        string topic,
        IReadOnlyDictionary<string, string?> settings,
        CancellationToken cancellationToken = default)
        => Topics.ConfigureAsync(topic, settings, cancellationToken);

    /// <inheritdoc />
    public ValueTask DeleteAsync(string topic, CancellationToken cancellationToken = default)
        => Topics.DeleteAsync(topic, cancellationToken);
}
