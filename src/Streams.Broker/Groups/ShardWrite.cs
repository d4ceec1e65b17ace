using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>Records on their way to the disk, and what goes on when they are there.</summary>
/// <param name="records">The records.</param>
/// <param name="settled">What goes on.</param>
internal sealed class ShardWrite(IReadOnlyList<StoredRecord> records, Action<GroupError> settled)
{
    private volatile object? _error;

    /// <summary>Gets the records.</summary>
    public IReadOnlyList<StoredRecord> Records { get; } = records;

    /// <summary>Gets what goes on.</summary>
    public Action<GroupError> Settled { get; } = settled;

    /// <summary>Gets how it ended, or <see langword="null"/> while it is under way.</summary>
    public GroupError? Error => (GroupError?)_error;

    /// <summary>Ends it.</summary>
    /// <param name="error">How.</param>
    public void Complete(GroupError error) => _error = error;
}
