namespace Streams.Runtime.Tests.Scripting;

/// <summary>
/// The judge: what was handled and what was committed, over all processes and crashes, told by the scripts on both sides of the runtime and
/// by nothing of the runtime. A commit that passes a record nobody has completed, and a handler that runs beside another it must wait for,
/// are faults; they are collected, since an exception inside a handler would only look like a failing handler.
/// </summary>
internal sealed class DeliveryJournal(ScriptedTransport transport)
{
    private readonly Dictionary<TopicPartition, HashSet<long>> _completed = [];
    private readonly Dictionary<TopicPartition, int> _frontiers = [];

    public List<string> Faults { get; } = [];

    /// <summary>Whether it judges nothing: for tests of something else.</summary>
    public bool IsOff { get; set; }

    /// <summary>A handler was called.</summary>
    public void Begin(HandlerCall call, IEnumerable<HandlerCall> running, ProcessingOrder order, int callsMax)
    {
        var others = running.Where(other => !other.HasEnded && !other.IsLeftBehind && !ReferenceEquals(other, call)).ToArray();
        if (others.Length >= callsMax)
        {
            Faults.Add($"{call} is the call number {others.Length + 1} at once, and {callsMax} are allowed.");
        }

        var blocker = order switch
        {
            ProcessingOrder.PerPartition => Array.Find(others, other => other.Partition == call.Partition),
            ProcessingOrder.PerKey => Array.Find(others, other => other.Partition == call.Partition && other.Key == call.Key),
            _ => null,
        };
        if (blocker is not null)
        {
            Faults.Add($"{call} was called while {blocker} ran ({order}).");
        }
    }

    /// <summary>A handler returned, or gave its record an outcome under Manual.</summary>
    public void Complete(TopicPartition partition, long offset) => CompletedOf(partition).Add(offset);

    /// <summary>Everything below an offset is passed on purpose: by a seek, or by where the group begins.</summary>
    public void Pass(TopicPartition partition, long to)
        => CompletedOf(partition).UnionWith(transport[partition].Records.Select(record => record.Offset).Where(offset => offset < to));

    /// <summary>The records of a partition that count as handled by nobody yet.</summary>
    public IEnumerable<long> Missing(TopicPartition partition)
        => transport[partition].Records
            .Where(record => record.IsForHandlers && !CompletedOf(partition).Contains(record.Offset))
            .Select(record => record.Offset);

    /// <summary>A commit was sent.</summary>
    public void Commit(TopicPartition partition, long offset)
    {
        if (IsOff)
        {
            return;
        }

        var scripted = transport[partition];
        if (offset > scripted.End)
        {
            Faults.Add($"Offset {offset} of {partition} was committed, which ends at {scripted.End}.");
        }

        var completed = CompletedOf(partition);
        var frontier = _frontiers.GetValueOrDefault(partition);
        while (frontier < scripted.Records.Count && scripted.Records[frontier] is { } record
            && (!record.IsForHandlers || completed.Contains(record.Offset)))
        {
            frontier++;
        }

        _frontiers[partition] = frontier;
        if (frontier < scripted.Records.Count && scripted.Records[frontier].Offset < offset)
        {
            Faults.Add($"Offset {offset} of {partition} was committed while {scripted.Records[frontier].Offset} was not handled.");
        }
    }

    private HashSet<long> CompletedOf(TopicPartition partition)
        => _completed.TryGetValue(partition, out var completed) ? completed : _completed[partition] = [];
}
