namespace Streams.Storage.Tests.Faults;

/// <summary>A directory as the operating system sees it, as the disk has it, and the changes in between. The file system's lock guards it.</summary>
internal sealed class FaultDirectory
{
    private readonly List<Action<Dictionary<string, object>>> _pending = [];
    private Dictionary<string, object> _durable = new(StringComparer.Ordinal);

    /// <summary>Gets what is in it: <see cref="FaultInode"/> and <see cref="FaultDirectory"/> by name.</summary>
    public Dictionary<string, object> Entries { get; private set; } = new(StringComparer.Ordinal);

    public void Change(Action<Dictionary<string, object>> change)
    {
        change(Entries);
        _pending.Add(change);
    }

    public void Sync()
    {
        _durable = new(Entries, StringComparer.Ordinal);
        _pending.Clear();
    }

    /// <summary>Returns the directory and all below as it is found after a crash.</summary>
    public FaultDirectory After(FaultSurvival survival)
    {
        var entries = new Dictionary<string, object>(_durable, StringComparer.Ordinal);
        foreach (var change in survival.Of(_pending))
        {
            change(entries);
        }

        var after = new FaultDirectory();
        foreach (var (name, node) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            after.Entries[name] = node is FaultInode file ? file.After(survival) : ((FaultDirectory)node).After(survival);
        }

        after.Sync();
        return after;
    }
}
