using Streams.Protocol.Records;
using Streams.Storage.Tests.Faults;

namespace Streams.Storage.Tests.Logs;

public sealed class CompactionTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static LogOptions Compacting
        => TestStore.Options() with { Compact = true, Delete = false, MinDirtyRatio = 0, DeleteRetention = Day };

    [Fact]
    public async Task Compact_OfManyVersions_KeepsTheLastOfEachKeyAtItsOffset()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting);
        for (var index = 0; index < 60; index++)
        {
            log.AppendOne($"value {index}", key: $"key {index % 7}");
        }

        var active = ActiveStart(store);
        var result = log.Compact(CancellationToken.None);

        Assert.Equal(active, result.EndOffset);
        Assert.True(result.BytesAfter < result.BytesBefore);
        var kept = log.ReadAll().Where(record => record.Offset < active).ToList();
        Assert.Equal(active - kept.Count, result.RecordsRemoved);
        Assert.Equal(Enumerable.Range((int)active - 7, 7).Select(offset => (long)offset), kept.Select(record => record.Offset));
        Assert.All(kept, record => Assert.Equal($"value {record.Offset}", record.Value));
        var all = log.ReadAll();
        Assert.Equal(60 - active, all.Count - kept.Count);
        log = await store.ReopenAsync();
        Assert.Equal(all, log.ReadAll());
        Assert.Equal(60, log.EndOffset);
    }

    [Fact]
    public async Task Compact_WhenNothingIsDirty_DoesNothing()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting with { MinDirtyRatio = 0.5 });
        for (var index = 0; index < 60; index++)
        {
            log.AppendOne("v", key: $"key {index % 7}");
        }

        var first = log.Compact(CancellationToken.None);
        var second = log.Compact(CancellationToken.None);

        Assert.True(first.RecordsRemoved > 0);
        Assert.Equal(new(first.EndOffset, 0, 0, 0), second);
        log = await store.ReopenAsync();
        Assert.Equal(new(first.EndOffset, 0, 0, 0), log.Compact(CancellationToken.None));
    }

    [Fact]
    public async Task Compact_OfTombstones_KeepsThemUntilTheirHorizonAndThenDropsThem()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting);
        log.AppendOne("old", key: "gone");
        log.Append(TestBatch.Of(new("gone", null), new("stays", "x")));
        Roll(log);

        log.Compact(CancellationToken.None);
        var afterFirst = log.ReadAll().Where(record => record.Key == "gone").ToArray();
        Roll(log);
        store.Time.Advance(Day - TimeSpan.FromMilliseconds(1));
        log.Compact(CancellationToken.None);
        var beforeHorizon = log.ReadAll().Where(record => record.Key == "gone").ToArray();
        Roll(log);
        store.Time.Advance(TimeSpan.FromMilliseconds(1));
        log.Compact(CancellationToken.None);

        Assert.Null(Assert.Single(afterFirst).Value);
        Assert.Equal(afterFirst, beforeHorizon);
        Assert.DoesNotContain(log.ReadAll(), record => record.Key == "gone");
        Assert.Contains(log.ReadAll(), record => record == new TestRecord("stays", "x", 1_000, 2));
    }

    [Fact]
    public async Task Compact_OfRecordsWithoutKey_DropsThem()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting);
        log.Append(TestBatch.Of(new(null, "a"), new("k", "b"), new(null, "c")));
        Roll(log);

        log.Compact(CancellationToken.None);

        Assert.Equal(1, log.ReadAll()[0].Offset);
        Assert.DoesNotContain(log.ReadAll(), record => record.Key is null);
    }

    // All records of the last closed segment are superseded. Its last batch stays as a header without records, or the end of the segment
    // could not be read from it after a crash; readers pass over it.
    [Fact]
    public async Task Compact_WhenTheLastBatchLosesAllRecords_KeepsItsHeader()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting);
        for (var index = 0; index < 3; index++)
        {
            log.Append(TestBatch.OfSize(900, key: "k"));
        }

        Roll(log);
        log.Compact(CancellationToken.None);

        var headers = Headers(log);
        Assert.Equal([(0L, 0), (1L, 0), (2L, 1), (3L, 1)], headers.Select(header => (header.BaseOffset, header.RecordCount)));
        Assert.Equal([2, 3], log.ReadAll().Select(record => record.Offset));
        log = await store.ReopenAsync();
        Assert.Equal([2, 3], log.ReadAll().Select(record => record.Offset));
    }

    [Fact]
    public async Task Compact_OfCompressedBatches_KeepsCodecProducerAndOffsets()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting);
        foreach (var codec in Enum.GetValues<CompressionCodec>())
        {
            log.Append(Sealed(codec, [new("a", $"{codec} a", 1), new("b", $"{codec} b", 2), new($"only {codec}", "c", 3, Header: "h")]));
            Roll(log);
        }

        log.Compact(CancellationToken.None);

        var kept = log.ReadAll().Where(record => record.Key?.StartsWith("roll", StringComparison.Ordinal) == false).ToArray();
        Assert.Equal(7, kept.Length);
        Assert.Equal("Zstd a", Assert.Single(kept, record => record.Key == "a").Value);
        Assert.All(kept.Where(record => record.Header is not null), record => Assert.Equal(("h", 3), (record.Header, record.Timestamp)));
        var headers = Headers(log).Where(header => header.ProducerId == 77).ToArray();
        Assert.Equal(Enum.GetValues<CompressionCodec>(), headers.Select(header => header.Codec));
        Assert.All(headers, header => Assert.Equal((5, 9, 2), (header.ProducerEpoch, header.BaseSequence, header.LastOffsetDelta)));
    }

    [Fact]
    public async Task Compact_OfTransactionMarkers_KeepsThem()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting);
        using var builder = new RecordBatchBuilder(256);
        new ControlRecord(ControlRecordType.Commit, 1).AppendTo(builder, 5);
        var properties = new RecordBatchProperties { IsControl = true, IsTransactional = true, ProducerId = 1, ProducerEpoch = 0 };
        log.Append(builder.Seal(properties).ToArray());
        Roll(log);

        log.Compact(CancellationToken.None);

        Assert.True(Headers(log)[0].IsControl);
    }

    [Fact]
    public async Task Compact_OfManySmallSegments_JoinsThem()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting);
        for (var index = 0; index < 200; index++)
        {
            log.AppendOne($"value {index}", key: $"key {index % 3}");
        }

        var before = store.FilesOf(".log").Count;
        log.Compact(CancellationToken.None);
        log.AppendOne("x", key: "y");
        Roll(log);
        log.Compact(CancellationToken.None);

        Assert.True(before > 15);
        Assert.InRange(store.FilesOf(".log").Count, 2, 4);
        Assert.Equal(store.FilesOf(".log").Select(Base).SkipLast(1), store.FilesOf(".index").Select(Base));
        Assert.Equal(store.FilesOf(".index").Select(Base), store.FilesOf(".timeindex").Select(Base));
        Assert.Equal(4, log.ReadAll().Count(record => !record.Key!.StartsWith("roll", StringComparison.Ordinal)));

        static string Base(string name) => name[..20];
    }

    [Fact]
    public async Task Compact_OfYoungSegments_WaitsForTheirLag()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting with { MinCompactionLag = Day });
        for (var index = 0; index < 30; index++)
        {
            log.AppendOne("v", key: "k", timestamp: store.Now);
        }

        var young = log.Compact(CancellationToken.None);
        store.Time.Advance(Day);
        var old = log.Compact(CancellationToken.None);

        Assert.Equal(0, young.RecordsRemoved);
        Assert.True(old.RecordsRemoved > 0);
    }

    [Fact]
    public async Task Compact_WhenCancelled_ChangesNothingAndLeavesNothing()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting);
        for (var index = 0; index < 30; index++)
        {
            log.AppendOne("v", key: "k");
        }

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => log.Compact(cancelled.Token));
        AssertNothingLeft(store);
        Assert.Equal(30, log.ReadAll().Count);
        Assert.True(log.Compact(CancellationToken.None).RecordsRemoved > 0);
    }

    [Fact]
    public async Task Compact_OfDamagedSegment_ChangesNothingAndSaysWhere()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        var log = store.Open(Compacting);
        for (var index = 0; index < 30; index++)
        {
            log.AppendOne("v", key: "k");
        }

        files.Damage(store.PathOf(store.FilesOf(".log")[1]), bytes => bytes[100] ^= 1);

        var error = Assert.Throws<StreamsException>(() => log.Compact(CancellationToken.None));

        Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
        Assert.Null(log.Failure);
        Assert.Equal(30, log.AppendOne("next", key: "k"));
        AssertNothingLeft(store);
    }

    [Fact]
    public async Task Compact_WhenTheDiskIsFull_ChangesNothingAndLeavesNothing()
    {
        var files = new FaultFileSystem();
        await using var store = new TestStore(files);
        var log = store.Open(Compacting);
        for (var index = 0; index < 30; index++)
        {
            log.AppendOne("v", key: $"{index}");
        }

        var expected = log.ReadAll();
        files.Capacity = files.Used + 100;

        var error = Assert.Throws<StreamsException>(() => log.Compact(CancellationToken.None));

        Assert.Equal(StreamsErrorCode.DiskFull, error.Code);
        AssertNothingLeft(store);
        Assert.Equal(expected, log.ReadAll());
        files.Capacity = long.MaxValue;
        log.Compact(CancellationToken.None);
        Assert.Equal(expected, log.ReadAll());
    }

    // A reader stands in a segment, with its file not yet opened, while compaction replaces it. It reads on as if nothing had happened.
    [Fact]
    public async Task Compact_WhileSegmentsAreRead_NeverGivesAnythingElse()
    {
        await using var store = new TestStore();
        var log = store.Open(Compacting);
        using var done = new CancellationTokenSource();
        var latest = new string?[5];
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                var records = log.ReadAll(0, bytesMax: 300);
                Assert.All(records, record => Assert.Equal($"value {record.Offset}", record.Value));
            }
        })).ToArray();

        for (var index = 0; index < 600; index++)
        {
            latest[index % 5] = $"value {index}";
            log.AppendOne($"value {index}", key: $"key {index % 5}");
            if (index % 50 == 49)
            {
                log.Compact(CancellationToken.None);
            }
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        var model = log.ReadAll().GroupBy(record => record.Key).ToDictionary(group => group.Key!, group => group.Last().Value);
        Assert.Equal(latest, Enumerable.Range(0, 5).Select(key => model[$"key {key}"]));
    }

    private static void AssertNothingLeft(TestStore store)
    {
        Assert.DoesNotContain(store.FilesOf(), name => name.Contains(".cleaned", StringComparison.Ordinal));
        Assert.DoesNotContain(store.FilesOf(), name => name.Contains(".swap", StringComparison.Ordinal));
    }

    private static void Roll(SegmentedLog log)
    {
        var options = log.Options;
        log.Reconfigure(options with { SegmentBytesMax = 1 });
        log.AppendOne("", key: $"roll {log.EndOffset}");
        log.Reconfigure(options);
    }

    private static long ActiveStart(TestStore store)
        => long.Parse(store.FilesOf(".log")[^1][..20], System.Globalization.CultureInfo.InvariantCulture);

    private static byte[] Sealed(CompressionCodec codec, TestRecord[] records)
    {
        using var builder = new RecordBatchBuilder(256);
        var batch = TestBatch.Of(records);
        var ranges = new List<Transport.RecordRange>();
        RecordBatchReader.ReadRecords(batch, 0, 0, ranges);
        for (var index = 0; index < ranges.Count; index++)
        {
            builder.Append(index, batch, ranges[index]);
        }

        return builder.Seal(new RecordBatchProperties { Codec = codec, ProducerId = 77, ProducerEpoch = 5, BaseSequence = 9 }).ToArray();
    }

    private static List<RecordBatchHeader> Headers(SegmentedLog log)
    {
        var headers = new List<RecordBatchHeader>();
        for (var offset = log.StartOffset; offset < log.HighWatermark;)
        {
            using var read = log.Read(offset, 1);
            headers.Add(RecordBatchHeader.Read(read.Bytes.Span));
            offset = read.NextOffset;
        }

        return headers;
    }
}
