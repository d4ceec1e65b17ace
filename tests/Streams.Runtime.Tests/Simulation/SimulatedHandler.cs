using System.Text;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>The handler class of a simulated process. It returns or throws at once, or ends when the schedule says so.</summary>
internal sealed class SimulatedHandler(SimulatedBroker broker, TimeProvider time, bool isManual) : HandlerDispatcher
{
    /// <summary>Calls that ended without an outcome, under Manual.</summary>
    public List<SimulatedCall> Unanswered { get; } = [];

    public override object Create(IServiceProvider services) => this;

    public override int Route(string topic, ReadOnlySpan<byte> wireName) => wireName.SequenceEqual("Order"u8) ? 0 : -1;

    public override ValueTask InvokeAsync(
        object handler,
        int route,
        ReadOnlyMemory<byte> payload,
        bool isTombstone,
        MessageContext context,
        HandlerResults results,
        CancellationToken cancellationToken)
    {
        var partition = broker.Find(new(context.Topic, context.Partition));
        var key = context.HasKey ? Encoding.UTF8.GetString(context.Key.Span) : null;
        var call = new SimulatedCall(context, key, cancellationToken, broker.Model.EpochOf(partition), time)
        {
            Lease = partition.Lease,
            Hangs = broker.Chance.Next(600) < broker.Trouble,
        };
        broker.Model.Begin(partition, call);
        call.Begin();
        if (!call.Hangs && broker.Chance.Next(3) == 0)
        {
            var failure = broker.Chance.Next(300) < broker.Trouble ? new InvalidOperationException("The handler fails.") : null;
            End(call, failure);
            return failure is null ? default : throw failure;
        }

        return call.Running;
    }

    /// <summary>Ends a call: with an outcome under Manual, unless it fails.</summary>
    public void End(SimulatedCall call, Exception? error)
    {
        if (error is null && isManual)
        {
            Answer(call);
        }

        if (error is null && !isManual)
        {
            broker.Model.Complete(broker.Find(call.Partition), call);
        }

        broker.Model.End(call);
        call.End(error);
    }

    /// <summary>Gives a late outcome.</summary>
    public void AnswerLate(SimulatedCall call)
    {
        Unanswered.Remove(call);
        broker.Model.CompleteLate(broker.Find(call.Partition), call);
        Complete(call);
    }

    public override void OnPartitionsAssigned(object handler, IReadOnlyList<TopicPartition> partitions) => Announce(partitions, true);

    public override void OnPartitionsRevoked(object handler, IReadOnlyList<TopicPartition> partitions) => Announce(partitions, false);

    public override void OnPartitionsLost(object handler, IReadOnlyList<TopicPartition> partitions) => Announce(partitions, false);

    private void Answer(SimulatedCall call)
    {
        if (broker.Chance.Next(5) == 0)
        {
            Unanswered.Add(call);
        }
        else
        {
            Complete(call);
        }
    }

    private void Complete(SimulatedCall call)
    {
        broker.Model.Complete(broker.Find(call.Partition), call);
        switch (broker.Chance.Next(3))
        {
            case 0:
                call.Context.Ack();
                break;
            case 1:
                _ = IgnoreAsync(call.Context.CommitAsync());
                break;
            default:
                _ = call.Context.SkipAsync("on purpose");
                break;
        }
    }

    private void Announce(IReadOnlyList<TopicPartition> partitions, bool isHere)
    {
        foreach (var partition in partitions)
        {
            broker.Model.Announce(broker.Find(partition), isHere);
        }
    }

    private static async Task IgnoreAsync(ValueTask commit)
    {
        try
        {
            await commit;
        }
        catch (StreamsException lost) when (lost.Code is StreamsErrorCode.LeaseLost or StreamsErrorCode.StorageFailed)
        {
            // What the model watches is what is committed, not who is told of it.
        }
    }
}
