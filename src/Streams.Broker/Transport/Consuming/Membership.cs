using Microsoft.Extensions.Logging;
using Streams.Broker.Groups;
using Streams.Broker.Groups.Requests;
using Streams.Broker.Transport.Assignors;
using Streams.Protocol.Stored;
using Streams.Transport;

namespace Streams.Broker.Transport.Consuming;

/// <summary>
/// The life of a member, one step after the other: join, sync, take and give up partitions, wait until something happens, join again. All
/// calls about assignment come from here, so they never overlap. Heartbeats run beside it.
/// </summary>
internal sealed class Membership : IAsyncDisposable
{
    private readonly ConsumerSettings _settings;
    private readonly IPartitionAssignor[] _assignors;
    private readonly FetchContext _context;
    private readonly GroupCoordinator _coordinator;
    private readonly TimeProvider _time;
    private readonly MemberSignals _signals = new();
    private readonly Heartbeats _heartbeats;
    private readonly GroupLeader _leader;
    private readonly IDisposable _topicWatch;
    private IReadOnlyList<TopicPartition> _assigned = [];
    private int _assignedGeneration = -1;
    private volatile MemberState _state = new("");
    private volatile bool _isRebalancing = true;

    /// <summary>Initializes a new instance of the <see cref="Membership"/> class.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="context">Whom it tells, and what it knows of topics.</param>
    /// <param name="coordinator">The coordinator.</param>
    /// <param name="time">The clock.</param>
    public Membership(ConsumerSettings settings, FetchContext context, GroupCoordinator coordinator, TimeProvider time)
    {
        _settings = settings;
        _context = context;
        _coordinator = coordinator;
        _time = time;
        _assignors = [.. settings.Assignors.Select(PartitionAssignors.Find)];
        Leases = new LeaseTable(context);
        _heartbeats = new Heartbeats(settings, coordinator, _signals, time, context.Logger);
        _leader = new GroupLeader(context.Data, _signals);
        _topicWatch = context.Data.OnTopicsChanged(_leader.CheckSoon);
    }

    /// <summary>Gets the leases.</summary>
    public LeaseTable Leases { get; }

    /// <summary>Gets what the member is now.</summary>
    public MemberState State => _state;

    /// <summary>Gets a value indicating whether the generation of <see cref="State"/> may be over, without the leases being lost.</summary>
    public bool IsRebalancing => _isRebalancing;

    /// <summary>Says that the coordinator refused the member in the state given. One that joins or has moved on since hears of it there.</summary>
    /// <param name="error">The coordinator's answer.</param>
    /// <param name="state">The state it was refused in.</param>
    public void OnRefused(GroupError error, MemberState state) => _signals.Lose(state, error);

    /// <summary>Lives until it is stopped or cannot go on.</summary>
    /// <param name="stop">Stops it: leases end without a word to the listener.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await RebalanceAsync(stop).ConfigureAwait(false);
                await _signals.WaitAsync(stop).ConfigureAwait(false);
                var (loss, reason) = _signals.Take();
                if (loss != GroupError.None)
                {
                    LoseAll(loss);
                }
                else
                {
                    EmbeddedConsumerLog.Rejoining(_context.Logger, _settings.GroupId, _state.MemberId, reason ?? "");
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whoever stops it takes it out of the group.
        }
#pragma warning disable CA1031 // Nobody awaits this loop before the end: the listener must hear of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Fail(exception);
        }
        finally
        {
            _heartbeats.Pause();
            Leases.End(Leases.All);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _topicWatch.Dispose();
        await _heartbeats.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RebalanceAsync(CancellationToken stop)
    {
        if (_state.Assignor is { IsCooperative: false } && !Leases.IsEmpty
            && await RevokeAsync(Leases.All, stop).ConfigureAwait(false) is { } loss)
        {
            LoseAll(loss);
        }

        var joined = await JoinAsync(stop).ConfigureAwait(false);
        var assignor = Array.Find(_assignors, assignor => assignor.Name == joined.ProtocolName)!;
        if (!assignor.IsCooperative && !Leases.IsEmpty)
        {
            // The group fell back to an assignor that takes everything from everybody: others may have these partitions in a moment.
            Lose(Leases.All);
        }

        var state = new MemberState(joined.MemberId, joined.GenerationId, assignor);
        _signals.ListenFor(state);
        _heartbeats.Start(state);
        var synced = await SyncAsync(joined, state, stop).ConfigureAwait(false);
        switch (synced.Error)
        {
            case GroupError.None:
                await AdoptAsync(state, ReadAssignment(synced.Assignment), stop).ConfigureAwait(false);
                break;
            case GroupError.RebalanceInProgress:
                _signals.Rejoin(state, "the rebalance began anew");
                break;
            case GroupError.UnknownMemberId or GroupError.IllegalGeneration:
                _signals.Lose(state, synced.Error);
                break;
            case var error when error.IsRetriable():
                await BackOffAsync(error, stop).ConfigureAwait(false);
                _signals.Rejoin(state, "the coordinator was not ready");
                break;
            default:
                throw Refused(synced.Error, "sync");
        }
    }

    private async Task<JoinGroupAnswer> JoinAsync(CancellationToken stop)
    {
        _isRebalancing = true;
        _heartbeats.Pause();
        _signals.ListenFor(null);
        _leader.StepDown();
        while (true)
        {
            var request = new JoinGroupRequest
            {
                GroupId = _settings.GroupId,
                MemberId = _state.MemberId,
                GroupInstanceId = _settings.InstanceId,
                ClientId = _settings.ClientId,
                ClientHost = JoinGroupRequest.InProcessHost,
                SessionTimeout = _settings.SessionTimeout,
                RebalanceTimeout = _settings.RebalanceTimeout,
                Protocols = Protocols(),
                OnRebalance = _heartbeats.BeatSoon,
            };
            var answer = await _coordinator.JoinAsync(request, stop).ConfigureAwait(false);
            switch (answer.Error)
            {
                case GroupError.None:
                    return answer;
                case GroupError.MemberIdRequired:
                    _state = new MemberState(answer.MemberId);
                    break;
                case GroupError.UnknownMemberId or GroupError.IllegalGeneration:
                    LoseAll(answer.Error);
                    break;
                case GroupError.RebalanceInProgress:
                    break;
                case var error when error.IsRetriable():
                    await BackOffAsync(error, stop).ConfigureAwait(false);
                    break;
                default:
                    throw Refused(answer.Error, "join");
            }
        }
    }

    private async Task<SyncGroupAnswer> SyncAsync(JoinGroupAnswer joined, MemberState state, CancellationToken stop)
    {
        var request = new SyncGroupRequest
        {
            GroupId = _settings.GroupId,
            MemberId = state.MemberId,
            GroupInstanceId = _settings.InstanceId,
            GenerationId = state.Generation,
            ProtocolType = joined.ProtocolType,
            ProtocolName = joined.ProtocolName,
        };
        if (joined.Leader == joined.MemberId)
        {
            request = request with { Assignments = _leader.Assign(joined, state) };
        }

        return await _coordinator.SyncAsync(request, stop).ConfigureAwait(false);
    }

    private async Task AdoptAsync(MemberState state, IReadOnlyList<TopicPartition> assigned, CancellationToken stop)
    {
        var owned = Leases.All;
        var revoked = owned.Where(lease => !assigned.Contains(lease.Partition)).ToArray();
        var added = assigned.Except(owned.Select(lease => lease.Partition)).ToArray();
        EmbeddedConsumerLog.Assigned(
            _context.Logger,
            _settings.GroupId,
            state.MemberId,
            state.Generation,
            state.Assignor!.Name,
            added.Length,
            revoked.Length);
        _assigned = assigned;
        _assignedGeneration = state.Generation;
        _state = state;
        _isRebalancing = false;
        if (revoked.Length > 0)
        {
            if (await RevokeAsync(revoked, stop).ConfigureAwait(false) is { } loss)
            {
                _signals.Lose(state, loss);
                return;
            }

            _signals.Rejoin(state, "partitions were given up for others");
        }

        if (added.Length > 0)
        {
            _context.Listener.OnAssigned(Leases.Grant(added));
        }

        // Topics may have changed since they were shared, and nobody may have looked.
        _leader.Check();
    }

    // Returns the loss where the coordinator did not wait; then nothing has ended yet, since everything will be lost together.
    private async Task<GroupError?> RevokeAsync(IReadOnlyList<Lease> leases, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(_settings.RebalanceTimeout, _time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        if (_signals.CancelOnLoss(patience))
        {
            return _signals.Take().Loss;
        }

        try
        {
            await _context.Listener.OnRevokingAsync(leases, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Said below.
        }
#pragma warning disable CA1031 // A bug of the listener must not keep the partitions from the other members.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            EmbeddedConsumerLog.RevocationFailed(_context.Logger, _settings.GroupId, _state.MemberId, exception);
        }

        stop.ThrowIfCancellationRequested();
        if (_signals.CancelOnLoss(null))
        {
            return _signals.Take().Loss;
        }

        if (timeout.IsCancellationRequested)
        {
            EmbeddedConsumerLog.RevocationExpired(
                _context.Logger, _settings.GroupId, _state.MemberId, leases.Count, _settings.RebalanceTimeout);
            Lose(leases);
        }
        else
        {
            Leases.End(leases);
        }

        return null;
    }

    private void LoseAll(GroupError error)
    {
        // Another member has taken this one's place: to join again would throw that one out in turn.
        if (error == GroupError.FencedInstanceId)
        {
            throw Refused(error, "stay in");
        }

        EmbeddedConsumerLog.MembershipLost(_context.Logger, _settings.GroupId, _state.MemberId, error);
        _heartbeats.Pause();
        _isRebalancing = true;
        _state = new MemberState(error == GroupError.UnknownMemberId ? "" : _state.MemberId);
        _assigned = [];
        _assignedGeneration = -1;
        Lose(Leases.All);
    }

    private void Lose(IReadOnlyList<Lease> leases)
    {
        Leases.End(leases);
        if (leases.Count > 0)
        {
            _context.Listener.OnLost(leases);
        }
    }

    private void Fail(Exception exception)
    {
        EmbeddedConsumerLog.MemberFailed(_context.Logger, _settings.GroupId, _state.MemberId, exception);
        _heartbeats.Pause();
        Lose(Leases.All);
        _context.Listener.OnFatal(exception as StreamsException
            ?? new StreamsException($"The member of group '{_settings.GroupId}' failed unexpectedly: {exception.Message}", exception));
    }

    private GroupProtocol[] Protocols()
    {
        var owned = Leases.All.Select(lease => lease.Partition).ToArray();
        return [.. _assignors.Select(assignor => new GroupProtocol(
            assignor.Name,
            new ConsumerSubscription(
                _settings.Topics,
                assignor.UserData(_assigned, _assignedGeneration),
                assignor.IsCooperative ? owned : [],
                _assignedGeneration,
                rackId: null).Write()))];
    }

    private static IReadOnlyList<TopicPartition> ReadAssignment(byte[] assignment)
        => assignment.Length == 0 ? [] : [.. ConsumerAssignment.Read(assignment).Partitions];

    private async Task BackOffAsync(GroupError error, CancellationToken stop)
    {
        EmbeddedConsumerLog.CoordinatorNotReady(_context.Logger, _settings.GroupId, _state.MemberId, error);
        await Task.Delay(ConsumingDefaults.RetryBackoff, _time, stop).ConfigureAwait(false);
    }

    private StreamsException Refused(GroupError error, string what)
        => new($"Group '{_settings.GroupId}' refused member '{_state.MemberId}' (instance '{_settings.InstanceId}') to {what}: {error}. "
            + GroupAdvice.For(error, _settings))
        {
            Code = error.ToCode(),
        };
}
