namespace Streams;

/// <summary>Which records of a group may be handled at the same time.</summary>
public enum ProcessingOrder
{
    /// <summary>One record per partition at a time, in offset order. The default.</summary>
    PerPartition,

    /// <summary>One record per key at a time, in offset order; records without a key count as one key per partition.</summary>
    PerKey,

    /// <summary>Any records at the same time.</summary>
    Unordered,
}
