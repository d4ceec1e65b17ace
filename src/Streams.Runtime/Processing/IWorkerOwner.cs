namespace Streams.Runtime.Processing;

/// <summary>What a worker asks of its group, from any thread. All but <see cref="Request"/> may be called under the worker's lock: they only
/// post events.</summary>
internal interface IWorkerOwner
{
    /// <summary>Asks for the next block.</summary>
    void Request(PartitionWorker worker, long offset);

    /// <summary>Something completed; no commit is due by count. Told once until the watermark is taken.</summary>
    void OnDirty(PartitionWorker worker);

    /// <summary>A commit is due by count. Told once until the watermark is taken.</summary>
    void OnCommitDue(PartitionWorker worker);

    /// <summary>Commits and answers once what has completed is committed, or never will be.</summary>
    void Commit(PartitionWorker worker, Action<StreamsException?> answered);

    /// <summary>The partition stopped at a record.</summary>
    void OnFailed(PartitionWorker worker);

    /// <summary>After <see cref="PartitionWorker.Stop"/>: no handler runs any more.</summary>
    void OnDrained(PartitionWorker worker);

    /// <summary>Something threw that never should: the group stops.</summary>
    void OnBug(Exception bug);
}
