namespace Streams.Broker.Topics;

/// <summary>The logs of topics as the catalog sees them. Calls come one at a time.</summary>
internal interface ITopicLogs
{
    /// <summary>Creates or recovers the logs of the partitions from one on.</summary>
    /// <exception cref="StreamsException">Storage refused; whatever was opened may be opened again or deleted.</exception>
    void Open(Topic topic, int firstPartition);

    /// <summary>Hands a topic's new settings to its logs.</summary>
    void Reconfigure(Topic topic);

    /// <summary>Deletes the logs of the partitions from one on; those that do not exist are fine.</summary>
    void Delete(Topic topic, int firstPartition);
}
