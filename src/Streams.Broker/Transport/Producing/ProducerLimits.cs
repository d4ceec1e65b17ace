namespace Streams.Broker.Transport.Producing;

/// <summary>The bounds of a producer in the process of the broker, beyond those of its settings.</summary>
internal static class ProducerLimits
{
    /// <summary>Callers of <c>ProduceAsync</c> that wait for room in the buffer; each keeps a copy of its record. More are refused with BufferFull.</summary>
    public const int SpaceWaitersMax = 65_536;

    /// <summary>Records of one batch that are awaited one by one: what fits the twelve bits of a token. One more begins a new batch.</summary>
    public const int AwaitedRecordsMax = 4096;

    /// <summary>Batches of one partition written but not yet durable: 4 MiB of full batches share one fdatasync.</summary>
    public const int WrittenBatchesMax = 64;

    /// <summary>Batches kept for reuse: as many full ones as the default buffer holds, so that a steady flow makes no new ones.</summary>
    public const int PooledBatchesMax = 512;

    /// <summary>The largest buffer a pooled batch keeps; a single large message does not stay in memory for good.</summary>
    public const int PooledBatchBytesMax = 256 * 1024;
}
