namespace Streams;

/// <summary>Looks after topics. Thread-safe. Every failure is a <see cref="StreamsException"/>.</summary>
public interface ITopics
{
    /// <summary>Creates a topic and returns once it takes records.</summary>
    /// <param name="topic">Name, partition count, settings.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<TopicDescription> CreateAsync(TopicSpecification topic, CancellationToken cancellationToken = default);

    /// <summary>Returns all topics, internal ones included, by name.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns a topic, or <see langword="null"/> where there is none of that name.</summary>
    /// <param name="topic">The name.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<TopicDescription?> DescribeAsync(string topic, CancellationToken cancellationToken = default);

    /// <summary>Adds partitions up to the given count. Records with a key may go to another partition from then on.</summary>
    /// <param name="topic">The name.</param>
    /// <param name="partitionCount">The new count, more than there are.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask AddPartitionsAsync(string topic, int partitionCount, CancellationToken cancellationToken = default);

    /// <summary>Changes settings by their Kafka names, such as <c>retention.ms</c>; a null value takes the default again.</summary>
    /// <param name="topic">The name.</param>
    /// <param name="settings">What to change; everything else stays.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask ConfigureAsync(string topic, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken = default);

    /// <summary>Deletes a topic with its records.</summary>
    /// <param name="topic">The name.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask DeleteAsync(string topic, CancellationToken cancellationToken = default);
}
