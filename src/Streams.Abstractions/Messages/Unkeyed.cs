namespace Streams;

/// <summary>How records without a key are spread over the partitions of a topic.</summary>
public enum Unkeyed
{
    /// <summary>One after the other, record by record (the default).</summary>
    RoundRobin,

    /// <summary>The same partition until its batch is full, then the next (KIP-480): fewer, larger batches.</summary>
    Sticky,
}
