namespace Streams;

/// <summary>One consumer group in this process. Thread-safe. Pause, resume and seek act on this process's assignment.</summary>
public interface IConsumerGroup
{
    /// <summary>Gets the group id.</summary>
    string Id { get; }

    /// <summary>Returns how the group stands, at one moment: every partition of its topics. May ask the broker.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask<GroupSnapshot> SnapshotAsync(CancellationToken cancellationToken = default);

    /// <summary>Completes when nothing is left to handle anywhere: every partition of the group's topics is committed to its end.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="StreamsException">The group, or one of its partitions in this process, has stopped because of a failure, which is the inner
    /// exception: it will not catch up by itself.</exception>
    Task WhenCaughtUpAsync(CancellationToken cancellationToken = default);

    /// <summary>Stops handing out records of all partitions; what is running runs on, and the member stays in the group.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask PauseAsync(CancellationToken cancellationToken = default);

    /// <summary>Stops handing out records of one partition.</summary>
    /// <param name="partition">A partition assigned to this process.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask PauseAsync(TopicPartition partition, CancellationToken cancellationToken = default);

    /// <summary>Goes on with all partitions, those included that stopped because of a failure: they begin at the watermark.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask ResumeAsync(CancellationToken cancellationToken = default);

    /// <summary>Goes on with one partition.</summary>
    /// <param name="partition">A partition assigned to this process.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask ResumeAsync(TopicPartition partition, CancellationToken cancellationToken = default);

    /// <summary>Goes to another place, also backwards: work in flight is fenced and the target is committed at once.</summary>
    /// <param name="partition">A partition assigned to this process.</param>
    /// <param name="target">Where to go.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask SeekAsync(TopicPartition partition, ReadFrom target, CancellationToken cancellationToken = default);
}
