namespace Streams;

/// <summary>Where reading begins.</summary>
public readonly record struct ReadFrom
{
    private ReadFrom(ReadFromKind kind, long value, string? groupId = null)
    {
        Kind = kind;
        Value = value;
        GroupId = groupId;
    }

    /// <summary>Gets the first record there is.</summary>
    public static ReadFrom Earliest => new(ReadFromKind.Earliest, 0);

    /// <summary>Gets the end: only records produced from now on.</summary>
    public static ReadFrom Latest => new(ReadFromKind.Latest, 0);

    /// <summary>Gets which kind of place this is.</summary>
    public ReadFromKind Kind { get; }

    /// <summary>Gets the offset, or the time in milliseconds since 1970.</summary>
    public long Value { get; }

    /// <summary>Gets the group whose committed offset is meant.</summary>
    public string? GroupId { get; }

    /// <summary>An offset.</summary>
    /// <param name="offset">The first offset to read, 0 or more.</param>
    public static ReadFrom Offset(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new(ReadFromKind.Offset, offset);
    }

    /// <summary>The first record whose timestamp is that time or later; the end where there is none.</summary>
    /// <param name="time">The time.</param>
    public static ReadFrom Time(DateTimeOffset time) => new(ReadFromKind.Time, time.ToUnixTimeMilliseconds());

    /// <summary>Where a group will go on; the earliest record where it has committed nothing.</summary>
    /// <param name="groupId">The group.</param>
    public static ReadFrom Committed(string groupId)
    {
        ArgumentException.ThrowIfNullOrEmpty(groupId);
        return new(ReadFromKind.Committed, 0, groupId);
    }
}
