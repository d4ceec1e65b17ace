using Streams.Protocol.Primitives;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Protocol.Tests.Records;

/// <summary>Per record nothing is allocated: neither where batches are built nor where they are read.</summary>
public sealed class AllocationTests
{
    private const int RecordCount = 10_000;

    private static readonly byte[] Key = "a key"u8.ToArray();
    private static readonly byte[] Value = new byte[100];
    private static readonly byte[] Headers = MakeHeaders();

    [Fact]
    public void Append_AndSeal_AllocateNothing()
    {
        using var builder = new RecordBatchBuilder(64);
        Build(builder);
        Build(builder);

        Assert.Equal(0, AllocatedBy(() => Build(builder)));
    }

    [Fact]
    public void ReadRecords_AllocatesNothing()
    {
        using var builder = new RecordBatchBuilder(64);
        Build(builder);
        var batch = builder.Seal(CompressionCodec.None).ToArray();
        var records = new List<RecordRange>();
        Read(batch, records);
        Read(batch, records);

        Assert.Equal(0, AllocatedBy(() => Read(batch, records)));
        Assert.Equal(RecordCount, records.Count);
    }

    [Fact]
    public void FindFault_OfASoundBatch_AllocatesNothing()
    {
        using var builder = new RecordBatchBuilder(64);
        Build(builder);
        var batch = builder.Seal(CompressionCodec.None).ToArray();
        Assert.Null(RecordBatch.FindFault(batch, int.MaxValue));

        Assert.Equal(0, AllocatedBy(() => RecordBatch.FindFault(batch, int.MaxValue)));
    }

    [Fact]
    public void TryFindLast_AllocatesNothing()
    {
        Assert.True(RecordHeaderCodec.TryFindLast(Headers, 2, "streams-type"u8, out _));

        Assert.Equal(0, AllocatedBy(static () => RecordHeaderCodec.TryFindLast(Headers, 2, "streams-type"u8, out _)));
    }

    private static void Build(RecordBatchBuilder builder)
    {
        builder.Reset();
        for (var index = 0; index < RecordCount; index++)
        {
            builder.Append(1_700_000_000_000 + index, hasKey: true, Key, hasValue: true, Value, 2, Headers);
        }

        builder.Seal(CompressionCodec.None);
    }

    private static void Read(byte[] batch, List<RecordRange> records)
    {
        records.Clear();
        RecordBatchReader.ReadRecords(batch, 0, 0, records);
    }

    private static long AllocatedBy(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] MakeHeaders()
    {
        using var buffer = new PooledBuffer(64, 1024);
        RecordHeaderCodec.Write(new RecordHeaders { { "streams-type", "OrderPlaced" }, { "tenant", "a" } }, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
