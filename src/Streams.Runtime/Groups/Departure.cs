using Microsoft.Extensions.Logging;
using Streams.Runtime.Processing;
using Streams.Runtime.Scheduling;

namespace Streams.Runtime.Groups;

/// <summary>
/// Gives up leases in order, for a revocation or a stop (facts on commits 4.6): nothing new is handed out, handlers drain within a budget,
/// those left are cancelled, then the leases are fenced and what was completed is committed. Belongs to the group's loop.
/// </summary>
internal sealed class Departure
{
    private readonly GroupDefinition _definition;
    private readonly IDepartureHost _host;
    private readonly ILogger _logger;
    private readonly Alarm _alarm;
    private readonly HashSet<PartitionWorker> _undrained = [];
    private int _unanswered;
    private bool _flushes;

    /// <summary>Initializes a new instance of the <see cref="Departure"/> class.</summary>
    public Departure(
        GroupDefinition definition, List<LeaseEntry> entries, IDepartureHost host, EventLoop loop, TimeProvider time, ILogger logger)
    {
        _definition = definition;
        Entries = entries;
        _host = host;
        _logger = logger;
        _alarm = new(loop, time, OnAlarm);
    }

    /// <summary>Gets the leases that end, less those lost on the way.</summary>
    public List<LeaseEntry> Entries { get; }

    /// <summary>Gets how far it is.</summary>
    public DeparturePhase Phase { get; private set; }

    /// <summary>Gets what is answered at the end.</summary>
    public List<Action> Answers { get; } = [];

    /// <summary>Begins.</summary>
    /// <param name="drain">How long handlers may run on.</param>
    /// <param name="flushes">Whether producers are flushed before the final commit (a stop).</param>
    public void Begin(TimeSpan drain, bool flushes)
    {
        _flushes = flushes;
        foreach (var entry in Entries)
        {
            entry.State = LeaseState.Leaving;
            entry.Alarm?.PutOff();
            _undrained.UnionWith(entry.Draining);
            if (entry.Worker is { } worker)
            {
                _undrained.Add(worker);
            }
        }

        foreach (var worker in _undrained.ToArray())
        {
            worker.Stop();
        }

        if (_undrained.Count == 0)
        {
            Commit();
        }
        else
        {
            _alarm.Set(drain);
        }
    }

    /// <summary>A worker's handlers have all ended.</summary>
    public void OnDrained(PartitionWorker worker)
    {
        _undrained.Remove(worker);
        CommitIfDrained();
    }

    /// <summary>The caller waits no longer: handlers are cancelled now.</summary>
    public void Hurry()
    {
        if (Phase == DeparturePhase.Draining)
        {
            OnAlarm();
        }
    }

    /// <summary>Leases were lost meanwhile: they are fenced already and commit nothing.</summary>
    public void Drop(LeaseEntry entry)
    {
        if (Entries.Remove(entry))
        {
            _undrained.ExceptWith(entry.Draining.Append(entry.Worker).OfType<PartitionWorker>());
            if (Entries.Count == 0)
            {
                Depart();
            }
            else
            {
                CommitIfDrained();
            }
        }
    }

    private void CommitIfDrained()
    {
        if (_undrained.Count == 0 && Phase is DeparturePhase.Draining or DeparturePhase.Cancelled)
        {
            Commit();
        }
    }

    private void OnAlarm()
    {
        switch (Phase)
        {
            case DeparturePhase.Draining:
                Phase = DeparturePhase.Cancelled;
                foreach (var worker in _undrained)
                {
                    worker.CancelHandlers();
                }

                _alarm.Set(GroupLimits.CancelGrace);
                break;
            case DeparturePhase.Cancelled:
                GroupLog.HandlersLeft(_logger, _definition.GroupId, Names(), GroupLimits.CancelGrace);
                foreach (var worker in _undrained)
                {
                    worker.Abandon();
                }

                Commit();
                break;
            case DeparturePhase.Committing:
                GroupLog.FinalCommitMissing(_logger, _definition.GroupId, Names(), GroupLimits.FinalCommitMax);
                Depart();
                break;
            default:
                break;
        }
    }

    private void Commit()
    {
        Phase = DeparturePhase.Committing;
        foreach (var entry in Entries)
        {
            entry.Worker?.Fence();
        }

        _alarm.Set(GroupLimits.FinalCommitMax);
        if (_definition is { Commit: CommitPolicy.Async, FinalCommit: false })
        {
            Depart();
        }
        else if (_flushes)
        {
            _host.FlushProducers(CommitWorkers);
        }
        else
        {
            CommitWorkers();
        }
    }

    private void CommitWorkers()
    {
        if (Phase != DeparturePhase.Committing)
        {
            return;   // flushing producers took all the time there was
        }

        var workers = Entries.Select(entry => entry.Worker).OfType<PartitionWorker>().ToArray();
        _unanswered = workers.Length;
        if (_unanswered == 0)
        {
            Depart();
        }

        foreach (var worker in workers)
        {
            _host.Committer.Commit(worker, _ => OnAnswered());
        }
    }

    private void OnAnswered()
    {
        if (--_unanswered == 0)
        {
            Depart();
        }
    }

    private void Depart()
    {
        if (Phase != DeparturePhase.Departed)
        {
            Phase = DeparturePhase.Departed;
            _alarm.Dispose();
            _host.OnDeparted(this);
        }
    }

    private string Names() => string.Join(", ", Entries.Select(entry => entry.Partition));
}
