namespace Streams.Runtime.Groups;

/// <summary>How a group does, from best to worst.</summary>
internal enum GroupStatus
{
    /// <summary>Every assigned partition goes on.</summary>
    Healthy,

    /// <summary>At least one partition has stopped at a record; the others go on.</summary>
    Degraded,

    /// <summary>The whole group has stopped in this process and does not come back by itself.</summary>
    Failed,
}
