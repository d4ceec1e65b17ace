using Streams.Protocol.Records;

namespace Streams.Storage.Tests.Logs;

public sealed class OffsetAtTimeTests
{
    [Fact]
    public async Task OffsetAtTime_OverSegmentsAndRestarts_FindsTheFirstRecordOfThatTimeOrLater()
    {
        await using var store = new TestStore();
        var log = store.Open();
        for (var batch = 0; batch < 30; batch++)
        {
            log.Append(TestBatch.Compressed(
                (CompressionCodec)(batch % 5), new("k", "a", 1_000 + (batch * 10)), new("k", "b", 1_005 + (batch * 10))));
        }

        Check(log);
        Check(await store.ReopenAsync());

        static void Check(SegmentedLog log)
        {
            for (var index = 0; index < 60; index++)
            {
                Assert.Equal(index, log.OffsetAtTime(1_000 + (index * 5)));
                Assert.Equal(index, log.OffsetAtTime(996 + (index * 5)));
            }

            Assert.Equal(0, log.OffsetAtTime(long.MinValue));
            Assert.Null(log.OffsetAtTime(1_296));
        }
    }

    [Fact]
    public async Task OffsetAtTime_OfTimesOutOfOrder_FindsTheFirstInOffsetOrder()
    {
        await using var store = new TestStore();
        var log = store.Open();
        long[] times = [50, 10, 70, 20, 90, 30, 5, 100];
        foreach (var time in times)
        {
            log.Append(TestBatch.OfSize(300, timestamp: time));
        }

        for (var time = 0; time <= 101; time++)
        {
            var expected = Array.FindIndex(times, candidate => candidate >= time);
            Assert.Equal(expected < 0 ? null : expected, log.OffsetAtTime(time));
        }
    }

    [Fact]
    public async Task OffsetAtTime_BehindDeletedRecords_BeginsAtTheStart()
    {
        await using var store = new TestStore();
        var log = store.Open();
        for (var index = 0; index < 10; index++)
        {
            log.Append(TestBatch.Of(new("k", "v", index), new("k", "v", index)));
        }

        log.DeleteRecordsBefore(7);

        Assert.Equal(7, log.OffsetAtTime(0));
        Assert.Equal(7, log.OffsetAtTime(3));
        Assert.Equal(8, log.OffsetAtTime(4));
    }

    [Fact]
    public async Task OffsetAtTime_OfEmptyLog_IsNone()
    {
        await using var store = new TestStore();

        Assert.Null(store.Open().OffsetAtTime(0));
    }

    [Fact]
    public async Task OffsetAtTime_OfAppendTimeBatch_UsesThatTime()
    {
        await using var store = new TestStore();
        var log = store.Open();
        var batch = TestBatch.Of(new("k", "a", 10), new("k", "b", 20));
        RecordBatch.StampAppendTime(batch, 5_000);
        log.Append(batch);

        Assert.Equal(0, log.OffsetAtTime(4_000));
        Assert.Null(log.OffsetAtTime(5_001));
    }
}
