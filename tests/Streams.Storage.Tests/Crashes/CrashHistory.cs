namespace Streams.Storage.Tests.Crashes;

/// <summary>What a log was told and what it has promised, to be compared with what a crash has left. Thread-safe.</summary>
internal sealed class CrashHistory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, TestRecord> _sent = [];
    private CrashPromises _promises = new(0, 0, 0, -1);
    private long _startWanted;

    /// <summary>Gets or sets a value indicating whether superseded records may be gone.</summary>
    public bool IsCompacted { get; set; }

    /// <summary>Gets what is promised now. Taken before a look at the disk: what is promised later may not be there yet.</summary>
    public CrashPromises Promises
    {
        get
        {
            lock (_lock)
            {
                return _promises;
            }
        }
    }

    /// <summary>Records are about to be appended: whether they are there after a crash is open.</summary>
    public void Send(long baseOffset, IReadOnlyList<TestRecord> records)
    {
        lock (_lock)
        {
            for (var index = 0; index < records.Count; index++)
            {
                _sent[baseOffset + index] = records[index] with { Offset = baseOffset + index };
            }
        }
    }

    /// <summary>Everything below was acknowledged as durable: it must be there.</summary>
    public void Acknowledge(long endOffset)
        => Promise(promises => promises with { Acknowledged = Math.Max(promises.Acknowledged, endOffset) });

    /// <summary>Everything below was visible: somebody may have read and committed it, so it must be there.</summary>
    public void See(long highWatermark) => Promise(promises => promises with { Visible = Math.Max(promises.Visible, highWatermark) });

    /// <summary>The log was opened, with an epoch it must not fall behind.</summary>
    public void Open(SegmentedLog log) => Promise(promises => promises with { Epoch = log.LeaderEpoch });

    /// <summary>The log must never start before that again.</summary>
    public void PromiseStart(long offset) => Promise(promises => promises with { Start = Math.Max(promises.Start, offset) });

    /// <summary>The log may start there from now on.</summary>
    public void WantStart(long offset)
    {
        lock (_lock)
        {
            _startWanted = Math.Max(_startWanted, offset);
        }
    }

    /// <summary>Compares a log that was opened after a crash. Throws what does not hold.</summary>
    public void Verify(SegmentedLog log, in CrashPromises promises)
    {
        lock (_lock)
        {
            Assert.True(log.EndOffset >= promises.End, $"The log ends at {log.EndOffset}; promised: {promises}.");
            Assert.Equal(log.EndOffset, log.HighWatermark);
            Assert.InRange(log.StartOffset, promises.Start, Math.Max(promises.Start, _startWanted));
            Assert.True(log.LeaderEpoch >= promises.Epoch, $"The epoch went back to {log.LeaderEpoch}; promised: {promises}.");
            var found = log.ReadAll();
            CheckNothingElse(log, found);
            if (IsCompacted)
            {
                CheckLatest(found, promises.Acknowledged);
            }
            else
            {
                CheckAll(log, found, promises.End);
            }
        }
    }

    private void Promise(Func<CrashPromises, CrashPromises> change)
    {
        lock (_lock)
        {
            _promises = change(_promises);
        }
    }

    private void CheckNothingElse(SegmentedLog log, List<TestRecord> found)
    {
        var last = log.StartOffset - 1;
        foreach (var record in found)
        {
            Assert.True(record.Offset > last, $"Offset {record.Offset} follows {last}.");
            last = record.Offset;
            Assert.True(_sent.TryGetValue(record.Offset, out var sent), $"Nobody has sent {record}.");
            Assert.Equal(sent, record);
        }
    }

    private void CheckAll(SegmentedLog log, List<TestRecord> found, long end)
    {
        var present = found.Select(record => record.Offset).ToHashSet();
        var missing = _sent.Keys
            .Where(offset => offset >= log.StartOffset && offset < end && !present.Contains(offset))
            .Order()
            .ToArray();
        Assert.True(missing.Length == 0, $"Offsets {string.Join(", ", missing)} were acknowledged or visible and are gone.");
    }

    // The last acknowledged record of each key is there, or a later one. Where it is a tombstone it may have gone, and everything older
    // with it.
    private void CheckLatest(List<TestRecord> found, long acknowledged)
    {
        var present = found.ToLookup(record => record.Key);
        foreach (var key in _sent.Values.Where(record => record.Offset < acknowledged).GroupBy(record => record.Key))
        {
            var latest = key.MaxBy(record => record.Offset)!;
            var last = present[key.Key].LastOrDefault();
            if (last is null)
            {
                Assert.True(latest.Value is null, $"{latest} was acknowledged and is gone.");
            }
            else
            {
                Assert.True(last.Offset >= latest.Offset, $"{latest} was acknowledged, but the last one is {last}.");
            }
        }
    }
}
