namespace Streams.Broker.Partitions;

/// <summary>Somebody who waits for records of a partition.</summary>
internal interface IPartitionWaiter
{
    /// <summary>There may be something to read now. Called once for each wait, on any thread, perhaps the one that moved the high watermark:
    /// an implementation only schedules its work.</summary>
    void OnData();
}
