using Streams.Runtime.Processing;
using Streams.Runtime.Scheduling;

namespace Streams.Runtime.Groups;

/// <summary>
/// Handlers of lost leases, cancelled and for a moment still running. Should a partition come back meanwhile, it waits for them, so that one
/// partition or key is not handled twice at once in this process; after the grace nobody waits any more. Belongs to the group's loop.
/// </summary>
internal sealed class Aftermath(EventLoop loop, TimeProvider time, Action<PartitionWorker> onLeftBehind) : IDisposable
{
    private readonly HashSet<PartitionWorker> _running = [];
    private readonly HashSet<Alarm> _alarms = [];
    private readonly List<Action> _over = [];

    /// <summary>Ends workers whose lease is lost; a drained one answers with <see cref="Remove"/>.</summary>
    public void Add(IReadOnlyList<PartitionWorker> workers)
    {
        if (workers.Count == 0)
        {
            return;
        }

        Alarm alarm = null!;
        alarm = new(loop, time, () => LeaveBehind(workers, alarm));
        alarm.Set(GroupLimits.CancelGrace);
        _alarms.Add(alarm);
        foreach (var worker in workers)
        {
            _running.Add(worker);
            worker.Fence();
            worker.Stop();
            worker.CancelHandlers();
        }
    }

    /// <summary>Returns the workers of a partition whose handlers still run.</summary>
    public IEnumerable<PartitionWorker> Of(TopicPartition partition) => _running.Where(worker => worker.Lease.Partition == partition);

    /// <summary>All handlers of a worker have ended.</summary>
    public void Remove(PartitionWorker worker)
    {
        if (_running.Remove(worker) && _running.Count == 0)
        {
            _over.ForEach(over => over());
            _over.Clear();
        }
    }

    /// <summary>Calls back, once, when no handler of a lost lease is waited for; at once where none is.</summary>
    public void WhenOver(Action over)
    {
        if (_running.Count == 0)
        {
            over();
        }
        else
        {
            _over.Add(over);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var alarm in _alarms)
        {
            alarm.Dispose();
        }
    }

    private void LeaveBehind(IReadOnlyList<PartitionWorker> workers, Alarm alarm)
    {
        _alarms.Remove(alarm);
        alarm.Dispose();
        foreach (var worker in workers.Where(_running.Contains).ToArray())
        {
            worker.Abandon();
            Remove(worker);
            onLeftBehind(worker);
        }
    }
}
