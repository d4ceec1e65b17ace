namespace Streams.Broker.Transport.Consuming;

/// <summary>Somebody who waits for records of a partition.</summary>
internal interface IDataWaiter
{
    /// <summary>There may be something to read now. Called once for each wait, on any thread, perhaps the one that moved the high watermark:
    /// an implementation only schedules its work.</summary>
    void OnData();
}
