namespace Streams.Storage.Flushing;

/// <summary>Where a log stands with the threads that sync.</summary>
internal enum FlushState
{
    /// <summary>Nothing is wanted. Next: a flush is wanted -> Queued.</summary>
    Idle,

    /// <summary>It waits for its turn; whatever is written until then goes with it. Next: its turn -> Running.</summary>
    Queued,

    /// <summary>What was written until its turn is being synced. Next: done -> Idle; a flush is wanted -> RunningAndWanted.</summary>
    Running,

    /// <summary>The same, and more was written meanwhile. Next: done -> Queued.</summary>
    RunningAndWanted,
}
