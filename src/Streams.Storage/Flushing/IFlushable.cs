namespace Streams.Storage.Flushing;

/// <summary>Something that has written more than is on disk.</summary>
internal interface IFlushable
{
    /// <summary>Makes it durable and tells those who wait. Never throws; never called twice at a time for one object.</summary>
    void Flush();
}
