using Streams.Transport;

namespace Streams.Runtime.Tests.Simulation;

/// <summary>
/// What at-least-once delivery promises, kept beside the runtime and told only by the scripts around it. A partition has an epoch from each
/// place where handling begins: the committed offset a lease finds, or the target of a seek. In an epoch a record that is completed together
/// with all before it is never handled again, and a commit passes completed records only. What breaks a promise is a fault.
/// </summary>
internal sealed class DeliveryModel(ProcessingOrder order, Func<int> callsMax)
{
    private readonly Dictionary<TopicPartition, EpochState> _epochs = [];
    private readonly List<SimulatedCall> _running = [];

    public List<string> Faults { get; } = [];

    /// <summary>Gets or sets what writes down what happens, where a failure is looked at.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>Gets or sets who is told of each completion.</summary>
    public Action<SimulatedPartition, SimulatedCall>? Completed { get; set; }

    /// <summary>How many calls there were.</summary>
    public int Calls { get; private set; }

    /// <summary>Calls that have not ended, of all processes that live.</summary>
    public IReadOnlyList<SimulatedCall> Running => _running;

    /// <summary>The runtime has heard of a lease.</summary>
    public void Adopt(SimulatedPartition partition, Lease lease) => StateOf(partition).Adopted = lease;

    /// <summary>A lease was assigned and its committed offset looked up.</summary>
    public void BeginLease(SimulatedPartition partition, long start)
    {
        if (partition.Lease is { } lease && StateOf(partition).Lease != lease)
        {
            Trace?.Invoke($"  lease {lease} from {start}");
            StateOf(partition).Begin(lease, start);
        }
    }

    /// <summary>A seek took effect.</summary>
    public void BeginAt(SimulatedPartition partition, long target)
    {
        Trace?.Invoke($"  {partition.Id} goes to {target}");
        StateOf(partition).Begin(StateOf(partition).Adopted, target);
    }

    public int EpochOf(SimulatedPartition partition) => StateOf(partition).Number;

    /// <summary>Handlers were told that a partition is theirs, or not any more.</summary>
    public void Announce(SimulatedPartition partition, bool isHere) => StateOf(partition).IsAnnounced = isHere;

    /// <summary>A handler was called.</summary>
    public void Begin(SimulatedPartition partition, SimulatedCall call)
    {
        var state = StateOf(partition);
        if (!state.IsAnnounced)
        {
            Fault($"{call} was called before handlers were told of the assignment, or after they were told of its end.");
        }

        if (Watermark(partition, isCertain: true) is var watermark && call.Offset < watermark)
        {
            Fault($"{call} was called again though it and all before it are completed: the watermark is {watermark}.");
        }

        if (state.EpochOf.GetValueOrDefault(call.Token, state.Number) != state.Number)
        {
            Fault($"{call} was called by a worker that is fenced.");
        }

        state.EpochOf[call.Token] = state.Number;
        if (state.Worker != call.Token)
        {
            // Another worker of the epoch goes on at the watermark of the one before, after a failure: what was done beyond comes again.
            state.Worker = call.Token;
            state.Completed.RemoveWhere(offset => offset >= call.Offset);
        }

        CheckOrder(state, call);
        CheckCompany(call);
        Calls++;
        Trace?.Invoke($"  call {call}, watermark {Watermark(partition)}");
        state.Completed.Remove(call.Offset);
        state.Late.Remove(call.Offset);
        _running.Add(call);
    }

    /// <summary>A handler returned, or gave an outcome under Manual. What belongs to an epoch before counts no more.</summary>
    public void Complete(SimulatedPartition partition, SimulatedCall call)
    {
        var state = StateOf(partition);
        Trace?.Invoke($"  complete {call}");
        state.Ever.Add(call.Offset);
        if (call.IsLeftBehind)
        {
            state.Late.Add(call.Offset);
        }

        if (call.Epoch == state.Number && call.Token == state.Worker)
        {
            state.Completed.Add(call.Offset);
        }

        Completed?.Invoke(partition, call);
    }

    /// <summary>Returns the newest record completed in this epoch, or -1.</summary>
    public long Newest(SimulatedPartition partition) => StateOf(partition).Completed.DefaultIfEmpty(-1).Max();

    /// <summary>An outcome is given in a moment when the runtime may drop it.</summary>
    public void CompleteLate(SimulatedPartition partition, SimulatedCall call) => StateOf(partition).Late.Add(call.Offset);

    /// <summary>A partition was given up in order, and no commit had failed: what is done must be committed.</summary>
    public void GiveUp(SimulatedPartition partition)
    {
        var state = StateOf(partition);
        var watermark = Watermark(partition, isCertain: true);
        var done = partition.Records.FindLast(record => record.IsForHandlers && record.Offset >= state.Start && record.Offset < watermark);
        if (state.Lease == partition.Lease && done is not null && (partition.Committed ?? 0) <= done.Offset)
        {
            Fault($"{partition.Id} was given up at {partition.Committed}, and {done.Offset} was completed.");
        }
    }

    /// <summary>A handler has ended, however.</summary>
    public void End(SimulatedCall call) => _running.Remove(call);

    /// <summary>The clock goes on, and nothing runs though it could.</summary>
    /// <param name="time">How long.</param>
    /// <param name="isEnding">Whether a call is to be cancelled for a reason the model does not see.</param>
    public void Stall(TimeSpan time, Predicate<SimulatedCall> isEnding)
    {
        foreach (var call in _running.Where(call => isEnding(call) || call.Epoch != _epochs[call.Partition].Number))
        {
            call.Stalled += time;
        }
    }

    /// <summary>A process has died with its calls.</summary>
    public void Die() => _running.Clear();

    /// <summary>Returns the offset below which everything is completed in this epoch.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="isCertain">Whether outcomes that the runtime may have dropped, being too late, count as none.</param>
    public long Watermark(SimulatedPartition partition, bool isCertain = false)
    {
        var state = StateOf(partition);
        foreach (var record in partition.Records)
        {
            if (record.Offset >= state.Start && record.IsForHandlers
                && (!state.Completed.Contains(record.Offset) || (isCertain && state.Late.Contains(record.Offset))))
            {
                return record.Offset;
            }
        }

        return Math.Max(state.Start, partition.End);
    }

    /// <summary>A commit was sent, with a lease that is still this member's.</summary>
    public void Commit(SimulatedPartition partition, long offset)
    {
        var state = StateOf(partition);
        Trace?.Invoke($"  commit {offset} of {partition.Id}, watermark {Watermark(partition)}");
        if (offset > Watermark(partition))
        {
            Fault($"{partition.Id}: {offset} is committed, and the watermark is {Watermark(partition)}.");
        }

        if (offset < state.Committed)
        {
            Fault($"{partition.Id}: {offset} is committed after {state.Committed}, in one lease and without a seek.");
        }

        state.Committed = offset;
    }

    /// <summary>Returns the records nobody has ever completed.</summary>
    public IEnumerable<long> Missing(SimulatedPartition partition)
        => partition.Records
            .Where(record => record.IsForHandlers && !StateOf(partition).Ever.Contains(record.Offset))
            .Select(record => record.Offset);

    /// <summary>Another member of the group has handled records while this one did not have the partition.</summary>
    public void CompleteElsewhere(SimulatedPartition partition, long to)
        => StateOf(partition).Ever.UnionWith(partition.Records.Select(record => record.Offset).Where(offset => offset < to));

    public void Fault(string what) => Faults.Add(what);

    private void CheckOrder(EpochState state, SimulatedCall call)
    {
        if (!state.Begun.Add((call.Token, call.Offset)))
        {
            Fault($"{call} was called twice by one worker.");
        }

        if (order != ProcessingOrder.Unordered)
        {
            var line = (call.Token, order == ProcessingOrder.PerKey ? call.Key : null);
            if (state.LastOf.TryGetValue(line, out var last) && call.Offset < last)
            {
                Fault($"{call} was called after {last}.");
            }

            state.LastOf[line] = call.Offset;
        }
    }

    private void CheckCompany(SimulatedCall call)
    {
        var others = _running.FindAll(other => !other.IsLeftBehind);
        if (others.Count >= callsMax())
        {
            Fault($"{call} is the call number {others.Count + 1} at once; {callsMax()} are allowed.");
        }

        var beside = order switch
        {
            ProcessingOrder.PerPartition => others.Find(other => other.Partition == call.Partition),
            ProcessingOrder.PerKey => others.Find(other => other.Partition == call.Partition && other.Key == call.Key),
            _ => others.Find(other => other.Partition == call.Partition && other.Offset == call.Offset),
        };
        if (beside is not null)
        {
            Fault($"{call} was called while {beside} ran.");
        }
    }

    private EpochState StateOf(SimulatedPartition partition)
        => _epochs.TryGetValue(partition.Id, out var state) ? state : _epochs[partition.Id] = new();

    private sealed class EpochState
    {
        public int Number { get; private set; }

        public Lease? Lease { get; private set; }

        public Lease? Adopted { get; set; }

        public long Start { get; private set; }

        public long Committed { get; set; }

        public bool IsAnnounced { get; set; }

        /// <summary>Gets or sets the token of the worker that called last.</summary>
        public CancellationToken Worker { get; set; }

        public HashSet<long> Completed { get; } = [];

        public HashSet<long> Ever { get; } = [];

        /// <summary>Gets the newest offset called of each worker and key. A worker is known by the token of its handlers.</summary>
        public Dictionary<(CancellationToken Token, string? Key), long> LastOf { get; } = [];

        public HashSet<(CancellationToken Token, long Offset)> Begun { get; } = [];

        public Dictionary<CancellationToken, int> EpochOf { get; } = [];

        /// <summary>Gets what completed in a moment when the runtime may drop it.</summary>
        public HashSet<long> Late { get; } = [];

        public void Begin(Lease? lease, long start)
        {
            Number++;
            Lease = lease;
            Start = start;
            Committed = start;
            Late.Clear();
            Completed.Clear();
            LastOf.Clear();
            Begun.Clear();
        }
    }
}
