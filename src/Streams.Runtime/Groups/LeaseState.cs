namespace Streams.Runtime.Groups;

/// <summary>Where a lease stands in this process.</summary>
internal enum LeaseState
{
    /// <summary>
    /// Its start is being looked up, the target of a seek is being committed, or handlers of before still run.
    /// Next: all done -> Running; the lookup fails -> Stopped; revoked -> Leaving; lost -> Gone.
    /// </summary>
    Starting,

    /// <summary>Records are handled. Next: a record fails -> Stopped; seek -> Starting; revoked or stopped -> Leaving; lost -> Gone.</summary>
    Running,

    /// <summary>Stands at a failure; what was completed is still committed. Next: resume or seek -> Starting; revoked -> Leaving; lost -> Gone.</summary>
    Stopped,

    /// <summary>Nothing new is handed out; handlers end, then the final commit. Commands are refused. Next: Gone.</summary>
    Leaving,

    /// <summary>Given up or lost: nothing of it counts any more.</summary>
    Gone,
}
