using Streams.Transport;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>A member that makes one mistake on the way from the runtime to the broker. It makes it only where a correct runtime would not do the same.</summary>
internal sealed class MistakenMember : ITransportConsumer
{
    private readonly SimulatedMember _member;
    private readonly SimulatedBroker _broker;
    private readonly PlantedMistake _mistake;
    private readonly Dictionary<Lease, long> _fetched = [];

    public MistakenMember(SimulatedMember member, SimulatedBroker broker, PlantedMistake mistake)
    {
        _member = member;
        _broker = broker;
        _mistake = mistake;
        if (mistake == PlantedMistake.CountsLateCompletions)
        {
            broker.Model.Completed = OnCompleted;
        }
    }

    public string MemberId => _member.MemberId;

    public Task StartAsync(CancellationToken cancellationToken) => _member.StartAsync(cancellationToken);

    public void Request(Lease lease, long offset)
    {
        _fetched[lease] = offset;
        _member.Request(lease, offset);
    }

    public void CancelRequest(Lease lease) => _member.CancelRequest(lease);

    public async ValueTask CommitAsync(IReadOnlyList<OffsetCommit> offsets, CancellationToken cancellationToken)
    {
        try
        {
            await _member.CommitAsync([.. offsets.Select(Mistaken)], cancellationToken);
        }
        catch (StreamsException refused) when (_mistake == PlantedMistake.ForgetsAFailedCommit && refused.IsRetriable)
        {
            // Logged somewhere, perhaps.
        }
    }

    public Task LeaveAsync(CancellationToken cancellationToken) => _member.LeaveAsync(cancellationToken);

    public ValueTask DisposeAsync() => _member.DisposeAsync();

    private OffsetCommit Mistaken(OffsetCommit commit)
    {
        var partition = _broker.Find(commit.Lease.Partition);
        return _mistake switch
        {
            PlantedMistake.CommitsOnDelivery => commit with { Offset = Math.Max(commit.Offset, _fetched.GetValueOrDefault(commit.Lease)) },
            PlantedMistake.CommitsOverAnOlderGap => commit with { Offset = Math.Max(commit.Offset, _broker.Model.Newest(partition) + 1) },
            PlantedMistake.StopsAtACompactionGap => commit with { Offset = Math.Min(commit.Offset, FirstGap(partition)) },
            _ => commit,
        };
    }

    private static long FirstGap(SimulatedPartition partition)
    {
        var next = partition.Committed ?? 0;
        foreach (var record in partition.Records.Where(record => record.Offset >= next))
        {
            if (record.Offset > next)
            {
                break;
            }

            next++;
        }

        return next;
    }

    private void OnCompleted(SimulatedPartition partition, SimulatedCall call)
    {
        if (partition.Lease is { } lease && lease != call.Lease && !_member.IsOut)
        {
            _ = _member.CommitAsync([new(lease, call.Offset + 1)], default);
        }
    }
}
