namespace Streams;

/// <summary>What a producer waits for before a record counts as produced.</summary>
public enum Acks
{
    /// <summary>Nothing: the record may be lost without a word.</summary>
    None = 0,

    /// <summary>The partition's leader has it, as durable as the topic promises.</summary>
    Leader = 1,

    /// <summary>All in-sync replicas have it. The default; on the bundled broker the same as <see cref="Leader"/>.</summary>
    All = -1,
}
