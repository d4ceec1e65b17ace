namespace Streams.Storage.Flushing;

/// <summary>The bounds of flushing.</summary>
internal static class FlushLimits
{
    /// <summary>Threads that sync files. A sync waits for the disk, and journaling file systems answer several at once with one commit.</summary>
    public const int ThreadsMax = 8;

    /// <summary>Waiters kept for reuse by one log: as many producers as usually wait for one group commit.</summary>
    public const int PooledWaitersMax = 64;
}
