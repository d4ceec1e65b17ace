namespace Streams.Broker.Transport.Consuming;

/// <summary>Topics and records as a group member in this process sees them. Thread-safe.</summary>
internal interface IConsumerData
{
    /// <summary>Returns how many partitions a topic has, or <see langword="null"/> where there is none of that name.</summary>
    /// <param name="topic">The name.</param>
    int? PartitionCount(string topic);

    /// <summary>Calls back after topics were created, deleted or given more partitions, on any thread. The callback only schedules its work.</summary>
    /// <param name="changed">What to call.</param>
    /// <returns>Ends the calls when disposed.</returns>
    IDisposable OnTopicsChanged(Action changed);

    /// <summary>Opens the records of a partition for the life of a lease.</summary>
    /// <param name="partition">The partition.</param>
    /// <exception cref="StreamsException">UnknownTopicOrPartition.</exception>
    IPartitionFeed OpenFeed(TopicPartition partition);
}
