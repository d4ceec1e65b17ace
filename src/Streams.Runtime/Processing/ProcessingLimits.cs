namespace Streams.Runtime.Processing;

/// <summary>The bounds of processing.</summary>
internal static class ProcessingLimits
{
    /// <summary>Blocks a partition holds at most: one being handled, one waiting, so that fetching and handling overlap.</summary>
    public const int BlocksMax = 2;

    /// <summary>Records taken for one walk under one lock; beyond this the lock costs nothing measurable per record.</summary>
    public const int WalkRecordsMax = 256;

    /// <summary>Records handled in a row while another partition waits for the slot.</summary>
    public const int TurnRecordsMax = 16;

    /// <summary>Records handled in a row before the thread goes back to the pool, so that other work of the process has its turn.</summary>
    public const int PoolTurnRecordsMax = 8192;
}
