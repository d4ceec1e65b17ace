using Microsoft.Extensions.Logging;
using Streams.Broker.Groups;
using Streams.Broker.Groups.Requests;
using Streams.Transport;

namespace Streams.Broker.Transport.Consuming;

/// <summary>A group member in the process of the broker: membership and fetching without a socket, by the same rules. Thread-safe.</summary>
internal sealed class EmbeddedConsumer : ITransportConsumer
{
    private readonly ConsumerSettings _settings;
    private readonly GroupCoordinator _coordinator;
    private readonly Membership _membership;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task? _running;
    private Task? _leaving;

    /// <summary>Initializes a new instance of the <see cref="EmbeddedConsumer"/> class.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="listener">Whom it tells.</param>
    /// <param name="coordinator">The coordinator of its group.</param>
    /// <param name="data">Topics and records.</param>
    /// <param name="time">The clock of all timers.</param>
    /// <param name="logger">The log.</param>
    /// <param name="schedule">Runs fetches; <see langword="null"/> takes the thread pool.</param>
    /// <exception cref="StreamsException">An assignor is not known.</exception>
    public EmbeddedConsumer(
        ConsumerSettings settings,
        IConsumerListener listener,
        GroupCoordinator coordinator,
        IConsumerData data,
        TimeProvider time,
        ILogger<EmbeddedConsumer> logger,
        Action<IThreadPoolWorkItem>? schedule = null)
    {
        _settings = settings;
        _coordinator = coordinator;
        schedule ??= static item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        var context = new FetchContext(settings.GroupId, settings.FetchBytesMax, data, listener, logger, schedule);
        _membership = new Membership(settings, context, coordinator, time);
    }

    /// <inheritdoc />
    public string MemberId => _membership.State.MemberId;

    /// <summary>Gets the generation the member takes part in, -1 outside of one.</summary>
    public int Generation => _membership.State.Generation;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_leaving is not null, this);
            _running ??= Task.Run(() => _membership.RunAsync(_stop.Token), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Request(Lease lease, long offset) => _membership.Leases.Find(lease)?.Request(offset);

    /// <inheritdoc />
    public void CancelRequest(Lease lease) => _membership.Leases.Find(lease)?.Cancel();

    /// <inheritdoc />
    public async ValueTask CommitAsync(IReadOnlyList<OffsetCommit> offsets, CancellationToken cancellationToken)
    {
        // The state first: a lease that ends after this look ended in this generation or a later one, and nobody else gets its partition in
        // this one. So a commit that the coordinator takes for this generation takes nothing from a next owner.
        var state = _membership.State;
        ThrowIfEnded(offsets);
        if (offsets.Count == 0)
        {
            return;
        }

        var request = new OffsetCommitRequest
        {
            GroupId = _settings.GroupId,
            MemberId = state.MemberId,
            GroupInstanceId = _settings.InstanceId,
            GenerationId = state.Generation,
            Offsets = [.. offsets.Select(offset => new PartitionOffset(offset.Lease.Partition, offset.Offset))],
        };
        var answer = await _coordinator.CommitOffsetsAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.FirstError != GroupError.None)
        {
            ThrowRefused(offsets, state, answer);
        }
    }

    /// <inheritdoc />
    public Task LeaveAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _leaving ??= LeaveAsync();
        }

        return _leaving.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await LeaveAsync(CancellationToken.None).ConfigureAwait(false);
        await _membership.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task LeaveAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_running is null)
        {
            return;
        }

        await _running.ConfigureAwait(false);
        if (_settings.InstanceId is null && MemberId.Length > 0)
        {
            var request = new LeaveGroupRequest(_settings.GroupId, [new LeavingMember(MemberId, Reason: "the consumer was closed")]);
            await _coordinator.LeaveAsync(request, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void ThrowRefused(IReadOnlyList<OffsetCommit> offsets, MemberState state, OffsetCommitAnswer answer)
    {
        var error = answer.FirstError;
        if (error is GroupError.IllegalGeneration or GroupError.UnknownMemberId or GroupError.FencedInstanceId)
        {
            ThrowIfEnded(offsets);
            if (error == GroupError.IllegalGeneration && (_membership.IsRebalancing || _membership.State != state))
            {
                // The group went on to the next generation with this member, which has not finished taking part in it.
                error = GroupError.RebalanceInProgress;
            }
            else
            {
                _membership.OnRefused(error, state);
            }
        }

        var refused = 0;
        while (answer.Errors[refused] == GroupError.None)
        {
            refused++;
        }

        throw new StreamsException(
            $"Group '{_settings.GroupId}' did not commit offset {offsets[refused].Offset} of '{offsets[refused].Lease.Partition}' "
            + $"for member '{state.MemberId}' of generation {state.Generation}: {error}. {GroupAdvice.For(error, _settings)}")
        {
            Code = error.ToCode(),
        };
    }

    private void ThrowIfEnded(IReadOnlyList<OffsetCommit> offsets)
    {
        foreach (var offset in offsets)
        {
            if (_membership.Leases.Find(offset.Lease) is null)
            {
                throw new StreamsException(
                    $"Offset {offset.Offset} of '{offset.Lease.Partition}' was not committed for group '{_settings.GroupId}': "
                    + $"lease {offset.Lease} has ended, the partition may belong to another member. "
                    + "Its next owner goes on from the committed offset.")
                {
                    Code = StreamsErrorCode.LeaseLost,
                };
            }
        }
    }
}
