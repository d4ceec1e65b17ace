namespace Streams.Runtime.Groups;

/// <summary>Where the group stands in this process.</summary>
internal enum GroupState
{
    /// <summary>Made, not started. Next: start -> Running.</summary>
    Created,

    /// <summary>Joined or joining. Next: stop -> Stopping; a fatal error -> Failed.</summary>
    Running,

    /// <summary>Drains, commits, leaves; assignments are ignored. Next: Stopped; a fatal error -> Failed.</summary>
    Stopping,

    /// <summary>Left in order.</summary>
    Stopped,

    /// <summary>Given up; only a stop is answered.</summary>
    Failed,
}
