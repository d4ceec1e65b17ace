namespace Streams;

/// <summary>Makes a class a handler of a consumer group: its <c>HandleAsync</c> and <c>Handle</c> methods receive the group's messages.</summary>
/// <param name="groupId">The group id, of the characters a topic may have; it may hold <c>{Environment}</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConsumerGroupAttribute(string groupId) : Attribute
{
    /// <summary>Gets the group id.</summary>
    public string GroupId { get; } = groupId;

    /// <summary>Gets or sets when offsets are committed; the default is <see cref="CommitPolicy.Auto"/>.</summary>
    public CommitPolicy Commit { get; set; }

    /// <summary>Gets or sets after how many records of a partition Sync and Async commit; the default is 1.</summary>
    public int CommitEvery { get; set; } = 1;

    /// <summary>Gets or sets the interval of Auto and of what the other policies left over, such as <c>"1s"</c>; the default is 5 s.</summary>
    public string? CommitInterval { get; set; }

    /// <summary>Gets or sets whether Async commits synchronously at revoke and stop; the default is <see langword="true"/>.</summary>
    public bool FinalCommit { get; set; } = true;

    /// <summary>Gets or sets which records may be handled at the same time; the default is <see cref="ProcessingOrder.PerPartition"/>.</summary>
    public ProcessingOrder Order { get; set; }

    /// <summary>Gets or sets how many handler calls of the group run at once in this process; 0 (the default) means one per assigned partition.</summary>
    public int Concurrency { get; set; }

    /// <summary>Gets or sets where the group begins without a committed offset; the default is <see cref="StartFrom.Earliest"/>.</summary>
    public StartFrom StartFrom { get; set; }

    /// <summary>Gets or sets how long an instance lives; the default is <see cref="HandlerLifetime.Scoped"/>.</summary>
    public HandlerLifetime Lifetime { get; set; }
}
