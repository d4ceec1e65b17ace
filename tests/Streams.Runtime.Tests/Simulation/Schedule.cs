using Microsoft.Extensions.Time.Testing;
using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>
/// One schedule, drawn from a seed: every choice of what happens next, who ends when and what fails. First trouble, then a time in which all
/// heals; at its end everything is handled and committed, and on the way no promise was broken.
/// </summary>
internal sealed class Schedule
{
    private const int Steps = 220;
    private static readonly string?[] Keys = [null, "a", "b", "c", "d"];

    private readonly Random _chance;
    private readonly ManualScheduler _scheduler;
    private readonly FakeTimeProvider _time = new();
    private readonly GroupDefinition _definition;
    private readonly DeliveryModel _model;
    private readonly SimulatedBroker _broker;
    private readonly List<string>? _trace;
    private SimulatedProcess _process;

    public Schedule(
        int seed, CommitPolicy policy, ProcessingOrder order, PlantedMistake? mistake = null, List<string>? trace = null)
    {
        SynchronizationContext.SetSynchronizationContext(null);
        _chance = new(seed);
        _trace = trace;
        _scheduler = new(_chance.Next());
        _definition = new()
        {
            GroupId = "billing",
            Handlers = [],
            Commit = policy,
            Order = order,
            CommitEvery = 1 + _chance.Next(3),
            Concurrency = _chance.Next(5),
            InFlightMax = 1 << _chance.Next(1, 5),
            FinalCommit = _chance.Next(4) > 0,
        };
        _model = new(order, CallsMax);
        _broker = new(_model, _chance) { Mistake = mistake };
        if (trace is not null)
        {
            _model.Trace = trace.Add;
        }

        _process = Start();
    }

    /// <summary>Gets how many handler calls, commits and lives there were.</summary>
    public int Calls => _model.Calls;

    public void Run()
    {
        for (var step = 0; step < Steps && _model.Faults.Count == 0; step++)
        {
            Next();
            Replace();
        }

        if (_model.Faults.Count == 0)
        {
            Heal();
        }

        if (_model.Faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, _model.Faults));
        }
    }

    private int CallsMax() => _definition.Concurrency > 0 ? _definition.Concurrency : _broker.Partitions.Length;

    private SimulatedProcess Start()
    {
        var process = new SimulatedProcess(_definition, _broker, _scheduler, _time);
        Array.ForEach(_broker.Partitions, partition => _model.Announce(partition, false));
        return process;
    }

    private void Next()
    {
        switch (_chance.Next(100))
        {
            case < 45:
                _scheduler.RunOne();
                break;
            case < 65:
                EndOne();
                break;
            case < 75:
                Produce();
                break;
            case < 83:
                Advance(_chance.Next(4) switch
                {
                    0 => TimeSpan.FromMilliseconds(1 + _chance.Next(300)),
                    1 or 2 => TimeSpan.FromSeconds(1 + _chance.Next(3)),
                    _ => TimeSpan.FromSeconds(1 + _chance.Next(12)),
                });
                break;
            case < 87:
                AnswerHeld();
                break;
            case < 93:
                Rebalance();
                break;
            case < 98:
                Command();
                break;
            default:
                Restart();
                break;
        }
    }

    private void EndOne()
    {
        var handler = _process.Handler;
        if (handler.Unanswered.Count > 0 && _chance.Next(3) == 0)
        {
            var late = handler.Unanswered[_chance.Next(handler.Unanswered.Count)];
            Trace("late outcome of", late);
            handler.AnswerLate(late);
            return;
        }

        var able = _model.Running.Where(call => !call.Hangs || (call.Token.IsCancellationRequested && _chance.Next(2) == 0)).ToArray();
        if (able.Length > 0)
        {
            var call = able[_chance.Next(able.Length)];
            Exception? error = call.Token.IsCancellationRequested && _chance.Next(3) > 0 ? new OperationCanceledException(call.Token)
                : _chance.Next(150) < _broker.Trouble ? new InvalidOperationException("The handler fails.")
                : null;
            Trace($"end {call} with", error?.GetType().Name);
            handler.End(call, error);
        }
    }

    private void Produce()
    {
        var partition = _broker.Partitions[_chance.Next(2)];
        for (var count = 1 + _chance.Next(4); count > 0 && partition.Records.Count < 40; count--)
        {
            if (_chance.Next(6) == 0)
            {
                partition.End += 1 + _chance.Next(3);   // compacted away, or a control record
            }
            else
            {
                partition.Add(Keys[_chance.Next(Keys.Length)], _chance.Next(8) == 0 ? "Other" : "Order");
            }
        }

        Trace("records up to", $"{partition.Id}: {partition.End}");
        _broker.Member?.Wake(partition.Id);
    }

    private void Advance(TimeSpan time)
    {
        if (_chance.Next(3) > 0)
        {
            Rest();
        }

        Trace("advance", time);
        if (_scheduler.Pending > 0)
        {
            _broker.Troubles++;
            _model.Stall(time, call => call.Token.IsCancellationRequested || _process.Stopping is not null
                || _broker.Member is not { IsRevoking: false } || _broker.Find(call.Partition).Lease != call.Lease);
        }

        _time.Advance(time);
    }

    private void AnswerHeld()
    {
        if (_broker.Member is { Held.Count: > 0 } member)
        {
            var fate = _chance.Next(100) switch
            {
                < 50 => CommitFate.Stored,
                < 65 => CommitFate.AnswerLost,
                < 88 => CommitFate.RefusedForNow,
                < 98 => CommitFate.Fenced,
                _ => CommitFate.RefusedForGood,
            };
            Trace("answer a commit", fate);
            member.Answer(member.Held[_chance.Next(member.Held.Count)], fate);
        }
    }

    private void Rebalance()
    {
        if (!_process.HasStarted || _broker.Member is not { HasLeft: false } member)
        {
            return;
        }

        var owned = member.Owned.ToList();
        if (member.IsRevoking)
        {
            if (_chance.Next(4) == 0)
            {
                Trace("wait no longer for the revocation", null);
                member.CancelPatience();
            }
        }
        else if (member.IsOut)
        {
            Trace("lose all", null);
            member.Lose(owned);
        }
        else if (owned.Count < 2 && _chance.Next(4) > 0)
        {
            if (_process.Stopping is null)
            {
                Assign(member, [.. _broker.Partitions.Where(partition => partition.Lease is null && _chance.Next(3) > 0)]);
            }
        }
        else if (owned.Count > 0)
        {
            var some = owned.FindAll(_ => _chance.Next(3) > 0);
            var isLoss = _chance.Next(3) == 0;
            Trace(isLoss ? "lose" : "revoke", string.Join(",", some.Select(partition => partition.Id)));
            if (isLoss)
            {
                member.Lose(some);
            }
            else if (some.Count > 0)
            {
                _process.Revoking = member.RevokeAsync(some);
            }
        }
    }

    private void Assign(SimulatedMember member, List<SimulatedPartition> partitions)
    {
        foreach (var partition in partitions)
        {
            // Another member had it meanwhile.
            if (_chance.Next(300) < _broker.Trouble && (partition.Committed ?? 0) < partition.End)
            {
                partition.Committed = _chance.NextInt64(partition.Committed ?? 0, partition.End) + 1;
                _model.CompleteElsewhere(partition, partition.Committed.Value);
            }
        }

        Trace("assign", string.Join(",", partitions.Select(partition => $"{partition.Id} from {partition.Committed}")));
        if (partitions.Count > 0)
        {
            member.GaveUp = _definition is { Commit: CommitPolicy.Async, FinalCommit: false } ? static _ => { } : _model.GiveUp;
            member.Assign(partitions);
        }
    }

    private void Command()
    {
        if (!_process.HasStarted || _process.Stopping is not null)
        {
            return;
        }

        var (group, partition) = (_process.Group, _broker.Partitions[_chance.Next(2)]);
        Task command;
        switch (_chance.Next(6))
        {
            case 0:
                command = Traced("pause", partition, group.PauseAsync(partition.Id));
                break;
            case 1:
                command = Traced("pause all", null, group.PauseAsync());
                break;
            case 2:
                command = Traced("resume", partition, group.ResumeAsync(partition.Id));
                break;
            case 3:
                command = Traced("resume all", null, group.ResumeAsync());
                break;
            default:
                var target = _chance.NextInt64(0, (partition.Committed ?? 0) + 1);
                command = Traced($"seek to {target}", partition, group.SeekAsync(partition.Id, ReadFrom.Offset(target)));
                break;
        }

        _ = IgnoreAsync(command);
    }

    private void Restart()
    {
        if (_chance.Next(2) == 0)
        {
            Crash();
        }
        else if (_process is { HasStarted: true, Stopping: null })
        {
            Trace("stop", null);
            _process.Stop();
        }
    }

    private void Crash()
    {
        Trace("crash", null);
        _process.Die();
        _broker.ForgetMember();
        _model.Die();
        _process = Start();
    }

    // A process that has stopped or failed is followed by another.
    private void Replace()
    {
        if (_process.Stopping is { IsCompleted: true } || _process.Group.Health.Status == GroupStatus.Failed)
        {
            if (_process.Group.Health.Failure is { } failure && !_broker.HasFailedForGood)
            {
                _model.Fault($"The group failed: {failure}");
            }

            Crash();
        }
    }

    private void Heal()
    {
        Trace("heal", null);
        _broker.Trouble = 0;
        for (var second = 0; second < 60 && !(second > 20 && IsAllDone()); second++)
        {
            HealOnce(second);
            Replace();
            Rest();
            Advance(TimeSpan.FromSeconds(1));
            Rest();
        }

        foreach (var partition in _broker.Partitions)
        {
            if (_model.Missing(partition).ToArray() is { Length: > 0 } missing)
            {
                _model.Fault($"{partition.Id}: nobody has handled {string.Join(", ", missing)}.");
            }

            if ((partition.Committed ?? 0) != partition.End)
            {
                _model.Fault($"{partition.Id}: all is handled up to {partition.End}, and {partition.Committed} is committed.");
            }
        }

        if (_process.Group.Health.Status != GroupStatus.Healthy)
        {
            _model.Fault($"In the end the group is {_process.Group.Health}.");
        }

        if (_broker.Member!.Blocks.Exists(block => !block.IsReturned))
        {
            _model.Fault("A block was never released.");
        }
    }

    private void HealOnce(int second)
    {
        while (_broker.Member is { Held.Count: > 0 } sender)
        {
            sender.Answer(sender.Held[0], CommitFate.Stored);
        }

        EndAll();
        var member = _broker.Member;
        if (!_process.HasStarted || member is null || member.IsRevoking || _process.Stopping is not null)
        {
            return;
        }

        if (member.IsOut)
        {
            member.Lose([.. member.Owned]);
        }
        else if (member.Owned.Count() < 2)
        {
            Assign(member, [.. _broker.Partitions.Where(partition => partition.Lease is null)]);
        }
        else if (second == 15)
        {
            _ = IgnoreAsync(Traced("resume all", null, _process.Group.ResumeAsync()));
        }
    }

    private void EndAll()
    {
        do
        {
            foreach (var call in _model.Running.ToArray())
            {
                _process.Handler.End(call, null);
            }

            while (_process.Handler.Unanswered.Count > 0)
            {
                _process.Handler.AnswerLate(_process.Handler.Unanswered[0]);
            }

            Rest();
        }
        while (_model.Running.Count + _process.Handler.Unanswered.Count > 0);
    }

    private bool IsAllDone()
        => Array.TrueForAll(_broker.Partitions, partition => partition.Lease is not null && partition.Committed == partition.End)
            && _process.Group.Health.Status == GroupStatus.Healthy;

    private void Rest()
    {
        for (var count = 0; _scheduler.RunOne(); count++)
        {
            if (count > 100_000)
            {
                throw new InvalidOperationException("The group never comes to rest.");
            }
        }
    }

    private Task Traced(string what, SimulatedPartition? partition, ValueTask command)
    {
        Trace(what, partition?.Id);
        return command.AsTask();
    }

    private void Trace(string what, object? about) => _trace?.Add($"{_time.GetUtcNow():mm:ss.fff} {what} {about}");

    private static async Task IgnoreAsync(Task command)
    {
        try
        {
            await command;
        }
        catch (StreamsException refused) when (refused.Code != StreamsErrorCode.Unknown)
        {
            // The partition is elsewhere by now, or the group has ended: the command has no effect, and the model knows of none.
        }
    }
}
