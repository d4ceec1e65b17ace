using Streams.Protocol.Records;
using Streams.Storage.Files;
using Streams.Storage.Segments;

namespace Streams.Storage.Tests.Golden;

/// <summary>Our log over files that Kafka has written.</summary>
public sealed class KafkaDirectoryTests : IAsyncLifetime
{
    private const int Lines = 20_000;

    private static readonly TopicPartition LinesPartition = new("lines", 0);

    private readonly GoldenDirectory _kafka = new(new MemoryFileSystem());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _kafka.DisposeAsync();

    [Fact]
    public void Open_OfKafkasDirectory_TakesItAsCleanlyClosedAndFindsItsPartitions()
    {
        Assert.True(_kafka.Store.WasCleanlyClosed);
        Assert.Equal(
            ["__consumer_offsets-0", "__transaction_state-5", "latest-0", "ledger-0", "lines-0"],
            _kafka.Store.Partitions.Select(partition => partition.Name.ToString()));
        Assert.All(_kafka.Store.Partitions, partition => Assert.NotEqual(Guid.Empty, partition.TopicId));
    }

    [Fact]
    public void Read_FromTheBeginning_GivesEveryRecordAsKafkaWroteIt()
    {
        var log = _kafka.Open(LinesPartition);

        var records = log.ReadAll(bytesMax: 100_000);

        Assert.Equal((0, Lines, Lines), (log.StartOffset, log.EndOffset, log.HighWatermark));
        Assert.Equal(Lines, records.Count);
        for (var index = 0; index < Lines; index++)
        {
            Assert.Equal(ExpectedLine(index, records[index].Timestamp), records[index]);
        }

        Assert.InRange(records[0].Timestamp, 1_795_358_958_000, records[^1].Timestamp);
        Assert.DoesNotContain(_kafka.Loggers.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public void Read_FromAnywhere_FindsTheOffsetThroughKafkasIndex()
    {
        var log = _kafka.Open(LinesPartition);
        for (var offset = 0L; offset < Lines; offset += 37)
        {
            using var read = log.Read(offset, 1);
            var records = TestBatch.Parse(read.Bytes.Span);
            Assert.InRange(offset, records[0].Offset, records[^1].Offset);
        }

        Assert.DoesNotContain(_kafka.Loggers.Lines, line => line.Id == 4020);
    }

    [Fact]
    public void OffsetAtTime_OfEveryTime_IsTheFirstRecordOfThatTimeOrLater()
    {
        var log = _kafka.Open(LinesPartition);
        var records = log.ReadAll(bytesMax: 100_000);
        foreach (var time in records.Select(record => record.Timestamp).Distinct())
        {
            Assert.Equal(records.First(record => record.Timestamp >= time).Offset, log.OffsetAtTime(time));
        }

        Assert.Null(log.OffsetAtTime(records.Max(record => record.Timestamp) + 1));
    }

    // The indexes are lost. Made again from the log alone, with the interval Kafka used, they are Kafka's byte for byte.
    [Theory]
    [InlineData("lines", 1_024)]
    [InlineData("ledger", 4_096)]
    [InlineData("__transaction_state", 4_096)]
    public async Task Rebuild_WithKafkasInterval_GivesKafkasIndexes(string topic, int interval)
    {
        var partition = _kafka.Store.Partitions.Single(partition => partition.Name.Topic == topic).Name;
        var folder = partition.ToString();
        var expected = _kafka.FilesOf(folder, "index").ToDictionary(name => name, name => _kafka.Read(folder, name));
        foreach (var name in expected.Keys)
        {
            _kafka.Files.DeleteFile(_kafka.PathOf(folder, name));
        }

        var log = _kafka.Open(partition, interval);
        Assert.Equal(0, log.OffsetAtTime(0) ?? 0);
        log.ReadAll(bytesMax: 100_000);
        foreach (var name in _kafka.FilesOf(folder, ".log"))
        {
            using var read = log.Read(long.Parse(name[..20], System.Globalization.CultureInfo.InvariantCulture) + 1, 1);
        }

        await _kafka.ReopenAsync();

        Assert.True(expected.Count >= 2);
        Assert.All(expected, file => Assert.Equal(file.Value, _kafka.Read(folder, file.Key)));
    }

    [Fact]
    public void Read_OfLogThatKafkaCompacted_PassesEmptyBatches()
    {
        var log = _kafka.Open(new("latest", 0), 4_096);

        var records = log.ReadAll();

        Assert.Equal(151, log.EndOffset);
        Assert.Equal(51, records.Count);
        Assert.Equal(Enumerable.Range(100, 51).Select(offset => (long)offset), records.Select(record => record.Offset));
        Assert.Equal(("key1", "round 3 value 1"), (records[0].Key, records[0].Value));
        Assert.Equal(("key1", null), (records[50].Key, records[50].Value));
    }

    [Fact]
    public void Read_OfTransactions_GivesDataAndMarkers()
    {
        var log = _kafka.Open(new("ledger", 0));
        var markers = 0;
        for (var offset = 0L; offset < log.HighWatermark;)
        {
            using var read = log.Read(offset, 1);
            markers += RecordBatchHeader.Read(read.Bytes.Span).IsControl ? 1 : 0;
            offset = read.NextOffset;
        }

        Assert.Equal(2_007, log.EndOffset);
        Assert.Equal(7, markers);
        Assert.Equal(2_000, log.ReadAll(bytesMax: 50_000).Count);
    }

    [Fact]
    public async Task Append_ToKafkasLog_GoesOnBehindItAndSurvivesARestart()
    {
        var log = _kafka.Open(LinesPartition);
        Assert.Equal(Lines, log.AppendOne("ours", key: "k"));
        log.Reconfigure(log.Options with { Compact = true, MinDirtyRatio = 0 });

        await _kafka.ReopenAsync();
        log = _kafka.Open(LinesPartition);

        Assert.Equal(Lines + 1, log.EndOffset);
        Assert.Equal("ours", log.ReadAll(Lines)[0].Value);
    }

    // A crash of Kafka: the marker and all checkpoints are gone, so every batch is checked, and every one is sound.
    [Fact]
    public async Task Open_WithoutMarkerAndCheckpoints_FindsEverythingSound()
    {
        await _kafka.DisposeAsync();
        foreach (var name in new[] { ".kafka_cleanshutdown", "recovery-point-offset-checkpoint", "replication-offset-checkpoint" })
        {
            _kafka.Files.DeleteFile(FilePath.Join(GoldenDirectory.Path, name));
        }

        await _kafka.ReopenAsync();

        Assert.False(_kafka.Store.WasCleanlyClosed);
        foreach (var partition in _kafka.Store.Partitions)
        {
            var log = _kafka.Open(partition.Name);
            Assert.Equal(log.EndOffset, log.HighWatermark);
            Assert.True(log.LeaderEpoch > 0);
        }

        Assert.DoesNotContain(_kafka.Loggers.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public void Compact_OfKafkasCompactedLog_KeepsWhatItKept()
    {
        var log = _kafka.Open(new("latest", 0), 4_096);
        log.Reconfigure(log.Options with { Compact = true, MinDirtyRatio = 0, SegmentBytesMax = 1 });
        log.AppendOne("x", key: "last");

        log.Compact(CancellationToken.None);

        var records = log.ReadAll();
        Assert.Equal(51, records.Count);
        Assert.DoesNotContain(records, record => record is { Key: "key1", Value: not null });
        Assert.Contains(records, record => record is { Key: "key1", Value: null });
    }

    [Fact]
    public void SegmentFiles_OfKafkasNames_AreUnderstood()
    {
        Assert.Equal("00000000000000016580.log", SegmentFiles.Name(16_580, SegmentFiles.Log));
        Assert.True(SegmentFiles.TryParse("00000000000000016580.timeindex", SegmentFiles.TimeIndex, out var offset));
        Assert.Equal(16_580, offset);
        Assert.False(SegmentFiles.TryParse("leader-epoch-checkpoint", SegmentFiles.Log, out _));
        Assert.False(SegmentFiles.TryParse("-0000000000000016580.log", SegmentFiles.Log, out _));
    }

    private static TestRecord ExpectedLine(int index, long timestamp) => new(
        $"k{index % 97}",
        $"line {index} of a file that only repeats itself, so that it packs well; padding padding padding padding {(long)index * index}",
        timestamp,
        index,
        $"{index % 5}");
}
