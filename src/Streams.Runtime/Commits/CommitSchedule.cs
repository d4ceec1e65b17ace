using Streams.Runtime.Scheduling;

namespace Streams.Runtime.Commits;

/// <summary>
/// The interval of a commit policy. Auto and Manual commit an interval after the first completion since the last commit, idle or not;
/// Sync and Async sweep up what their count left over, once a partition has been idle that long. Owned by the group's event loop.
/// </summary>
internal sealed class CommitSchedule : IDisposable
{
    private readonly CommitSettings _settings;
    private readonly OffsetCommitter _committer;
    private readonly Func<IEnumerable<ICommitSource>> _sources;
    private readonly Alarm _alarm;
    private readonly Dictionary<ICommitSource, long> _seen = [];

    /// <summary>Initializes a new instance of the <see cref="CommitSchedule"/> class.</summary>
    public CommitSchedule(
        CommitSettings settings,
        EventLoop loop,
        TimeProvider time,
        OffsetCommitter committer,
        Func<IEnumerable<ICommitSource>> sources)
    {
        _settings = settings;
        _committer = committer;
        _sources = sources;
        _alarm = new(loop, time, OnInterval);
    }

    /// <summary>Something completed that no commit has taken yet.</summary>
    public void OnDirty()
    {
        if (!_alarm.IsSet)
        {
            Arm();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _alarm.Dispose();

    private void Arm()
    {
        _seen.Clear();
        if (_settings.Counts)
        {
            foreach (var source in _sources())
            {
                _seen[source] = source.Watermark;
            }
        }

        _alarm.Set(_settings.Interval);
    }

    private void OnInterval()
    {
        var isLeftOver = false;
        var isDirty = false;
        foreach (var source in _sources())
        {
            if (_committer.IsDirty(source))
            {
                isDirty = true;
                isLeftOver |= !_settings.Counts || (_seen.TryGetValue(source, out var seen) && seen == source.Watermark);
            }
        }

        if (isLeftOver)
        {
            _committer.Commit();
        }
        else if (isDirty)
        {
            Arm();
        }
    }
}
