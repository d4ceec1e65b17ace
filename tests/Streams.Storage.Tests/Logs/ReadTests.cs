namespace Streams.Storage.Tests.Logs;

public sealed class ReadTests
{
    [Fact]
    public async Task Read_FromAnyOffset_BeginsWithTheBatchThatHoldsIt()
    {
        await using var store = new TestStore();
        var log = store.Open();
        for (var batch = 0; batch < 20; batch++)
        {
            log.Append(TestBatch.Of(new("k", $"{batch}-0"), new("k", $"{batch}-1"), new("k", $"{batch}-2")));
        }

        for (var offset = 0; offset < 60; offset++)
        {
            using var read = log.Read(offset, 1);
            var records = TestBatch.Parse(read.Bytes.Span);
            Assert.Equal(offset / 3 * 3, records[0].Offset);
            Assert.Equal(3, records.Count);
            Assert.Equal((offset / 3 * 3) + 3, read.NextOffset);
        }
    }

    [Fact]
    public async Task Read_WithBound_TakesWholeBatchesWithinIt()
    {
        await using var store = new TestStore();
        var log = store.Open(TestStore.Options(segmentBytes: 100_000));
        for (var index = 0; index < 10; index++)
        {
            log.Append(TestBatch.OfSize(1_000));
        }

        using var one = log.Read(0, 10);
        using var three = log.Read(0, 3_100);
        using var rest = log.Read(5, int.MaxValue);

        Assert.Single(TestBatch.Parse(one.Bytes.Span));
        Assert.Equal(3, TestBatch.Parse(three.Bytes.Span).Count);
        Assert.Equal(5, TestBatch.Parse(rest.Bytes.Span).Count);
        Assert.InRange(three.Bytes.Length, 1, 3_100);
    }

    [Fact]
    public async Task Read_AtTheEnd_IsEmptyAndSaysWhereToGoOn()
    {
        await using var store = new TestStore();
        var log = store.Open();

        using var nothing = log.Read(0, 100);
        log.AppendOne("a");
        using var end = log.Read(1, 100);

        Assert.True(nothing.IsEmpty);
        Assert.Equal(0, nothing.NextOffset);
        Assert.True(end.IsEmpty);
        Assert.Equal(1, end.NextOffset);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public async Task Read_OutsideTheLog_IsRefusedWithItsBounds(long offset)
    {
        await using var store = new TestStore();
        var log = store.Open();
        log.AppendMany(2);

        var error = Assert.Throws<StreamsException>(() => log.Read(offset, 100));

        Assert.Equal(StreamsErrorCode.OffsetOutOfRange, error.Code);
        Assert.Contains("0 to 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Read_OfCompressedBatches_GivesThemAsTheyWereWritten(int codec)
    {
        await using var store = new TestStore();
        var log = store.Open();
        var records = Enumerable.Range(0, 50).Select(index => new TestRecord($"k{index}", new('v', 100), 1_000 + index)).ToArray();
        var batch = TestBatch.Compressed((Protocol.Records.CompressionCodec)codec, records);

        log.Append(batch);
        using var read = log.Read(20, 1);

        Assert.True(read.Bytes.Span.SequenceEqual(batch));
        Assert.Equal(records.Select((record, index) => record with { Offset = index }), TestBatch.Parse(read.Bytes.Span));
    }

    // Bits rot in the middle of a segment nobody has checked since it was closed. What lies before is read, the damage is an error and
    // nothing else, and at the next start everything sound is readable.
    [Fact]
    public async Task Read_OfDamagedBatch_GivesWhatIsBeforeAndThenTheError()
    {
        var files = new Faults.FaultFileSystem();
        await using var store = new TestStore(files);
        var log = store.Open(TestStore.Options(segmentBytes: 100_000));
        log.AppendMany(10);
        var size = (int)(log.SizeBytes / 10);
        files.Damage(store.PathOf("00000000000000000000.log"), bytes => bytes[(size * 5) + 90] ^= 1);

        using var before = log.Read(0, int.MaxValue);
        var error = Assert.Throws<StreamsException>(() => log.Read(5, 1));
        using var behind = log.Read(6, int.MaxValue);
        log = await store.ReopenAsync();

        Assert.Equal(5, before.NextOffset);
        Assert.Equal(StreamsErrorCode.Corrupt, error.Code);
        Assert.Contains("00000000000000000000.log", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, TestBatch.Parse(behind.Bytes.Span).Count);
        Assert.Equal([0, 1, 2, 3, 4, 6, 7, 8, 9], log.ReadAll().Select(record => record.Offset));
        Assert.Equal(10, log.AppendOne("next"));
        Assert.Single(store.Loggers.Of(4011));
        Assert.Single(store.FilesOf($".damaged.{size * 5}"));
    }

    [Fact]
    public async Task LogRead_IsDisposed_GivesItsBufferBack()
    {
        await using var store = new TestStore();
        var log = store.Open();
        log.AppendOne("a");

        var first = log.Read(0, 100);
        var buffer = GetArray(first);
        first.Dispose();
        using var second = log.Read(0, 100);

        Assert.Same(buffer, GetArray(second));

        static byte[] GetArray(LogRead read)
        {
            Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray<byte>(read.Bytes, out var segment));
            return segment.Array!;
        }
    }
}
