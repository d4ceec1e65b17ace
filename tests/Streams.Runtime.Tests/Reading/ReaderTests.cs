using System.Text;
using Streams.Runtime.Tests.Connection;

namespace Streams.Runtime.Tests.Reading;

public sealed class ReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_UntilTheEnd_ReadsAllPartitionsEachInOrder()
    {
        await using var host = await new Connected().OpenAsync(partitions: 3);
        foreach (var partition in Enumerable.Range(0, 3))
        {
            foreach (var index in Enumerable.Range(0, 10))
            {
                host.Transport["orders", partition].Add($"k{partition}", Bytes($"{partition}/{index}"), "Order", timestamp: index);
            }
        }

        var records = await ReadAsync(host, ReadFrom.Earliest);

        Assert.Equal(30, records.Count);
        foreach (var partition in records.GroupBy(record => record.Metadata.Partition))
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(index => (long)index), partition.Select(record => record.Metadata.Offset));
            Assert.All(partition, record => Assert.Equal($"{partition.Key}/{record.Metadata.Offset}", record.Message.Text));
        }

        var partitionsAtFirst = records.Take(9).Select(record => record.Metadata.Partition).Distinct();
        Assert.True(partitionsAtFirst.Count() > 1, "Partitions are to be interleaved.");
        Assert.Equal(0, host.Transport.BlocksHeld.Value);
    }

    [Fact]
    public async Task ReadAsync_GivesRecordsThatOwnTheirBytes()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        host.Transport["orders", 0].Add("key", Bytes("text"), "Order", timestamp: 1_700_000_000_000);

        var record = Assert.Single(await ReadAsync(host, ReadFrom.Earliest));

        Assert.Equal("key", Encoding.UTF8.GetString(record.Key.Span));
        Assert.Equal("Order", record.Headers.GetString(StreamsHeaders.Type));
        Assert.Equal(new("orders", 0, 0, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000)), record.Metadata);
        Assert.False(record.IsTombstone);
    }

    [Fact]
    public async Task ReadAsync_PassesOverOtherTypes()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        host.Transport["orders", 0]
            .Add("a", Bytes("order"), "Order")
            .Add("a", Bytes("refund"), "Refund")
            .Add("a", Bytes("unnamed"), wireName: null)
            .Add("a", [0xFF], "Unknown");

        var orders = await ReadAsync(host, ReadFrom.Earliest);
        var refunds = await ReadAllAsync(host.Factory.CreateReader<Refund>().ReadAsync(ReadFrom.Earliest, ReadUntil.End, Token));

        // Order is the topic's default message, so it also gets the record without a name.
        Assert.Equal(["order", "unnamed"], orders.Select(record => record.Message.Text));
        Assert.Equal(["refund"], refunds.Select(record => record.Message.Text));
    }

    [Fact]
    public async Task ReadAsync_OfTheOnlyTypeOnATopic_TakesRecordsWithoutAName()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        host.Transport["points", 0].Add(null, Bytes("1,2"), wireName: null);

        var reader = host.Factory.CreateReader<Point>();
        var record = Assert.Single(await ReadAllAsync(reader.ReadAsync(ReadFrom.Earliest, ReadUntil.End, Token)));

        Assert.Equal("1,2", record.Message.Text);
        Assert.True(record.Key.IsEmpty);
        Assert.Empty(record.Headers);
    }

    [Fact]
    public async Task ReadAsync_GivesTombstonesWithTheirKey()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        host.Transport["orders", 0].Add("gone", null, "Order");

        var record = Assert.Single(await ReadAsync(host, ReadFrom.Earliest));

        Assert.True(record.IsTombstone);
        Assert.Null(record.Message);
        Assert.Equal("gone", Encoding.UTF8.GetString(record.Key.Span));
    }

    // Compaction took records in the middle and everything before the end; a control batch stands last. Nothing of it may be waited for.
    [Fact]
    public async Task ReadAsync_OverGaps_DoesNotHang()
    {
        await using var host = await new Connected().OpenAsync(partitions: 2);
        host.Transport["orders", 0].Gap(5).Add("a", Bytes("5"), "Order").Gap(3).Add("a", Bytes("9"), "Order").Gap(7);
        host.Transport["orders", 1].Gap(4);

        var records = await ReadAsync(host, ReadFrom.Earliest);

        Assert.Equal([5, 9], records.Select(record => record.Metadata.Offset));
    }

    [Fact]
    public async Task ReadAsync_UntilTheEnd_StopsAtTheEndAsOfItsStart()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        var partition = host.Transport["orders", 0].Add("a", Bytes("0"), "Order").Add("a", Bytes("1"), "Order");
        var read = new List<long>();

        await foreach (var record in host.Factory.CreateReader<Order>().ReadAsync(ReadFrom.Earliest, ReadUntil.End, Token))
        {
            read.Add(record.Metadata.Offset);
            partition.Add("a", Bytes("more"), "Order");
        }

        Assert.Equal([0, 1], read);
        Assert.Equal(0, host.Transport.BlocksHeld.Value);
    }

    [Fact]
    public async Task ReadAsync_FromEachKindOfPlace_BeginsThere()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        var partition = host.Transport["orders", 0];
        foreach (var index in Enumerable.Range(0, 10))
        {
            partition.Add("a", Bytes($"{index}"), "Order", timestamp: 1_000 * index);
        }

        partition.Start = 2;
        host.Transport.Commit("billing", new("orders", 0), 7);
        host.Transport.Commit("outdated", new("orders", 0), 1);

        Assert.Equal(2, await FirstAsync(ReadFrom.Earliest));
        Assert.Null(await FirstAsync(ReadFrom.Latest));
        Assert.Equal(4, await FirstAsync(ReadFrom.Offset(4)));
        Assert.Null(await FirstAsync(ReadFrom.Offset(10)));
        Assert.Equal(6, await FirstAsync(ReadFrom.Time(DateTimeOffset.FromUnixTimeMilliseconds(5_001))));
        Assert.Null(await FirstAsync(ReadFrom.Time(DateTimeOffset.FromUnixTimeMilliseconds(9_001))));
        Assert.Equal(7, await FirstAsync(ReadFrom.Committed("billing")));
        Assert.Equal(2, await FirstAsync(ReadFrom.Committed("outdated")));
        Assert.Equal(2, await FirstAsync(ReadFrom.Committed("unknown")));

        async Task<long?> FirstAsync(ReadFrom from) => (await ReadAsync(host, from)).FirstOrDefault()?.Metadata.Offset;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public async Task ReadAsync_FromAnOffsetOutside_SaysWhatThereIs(long offset)
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        host.Transport["orders", 0].Gap(10).Start = 2;

        var error = await Assert.ThrowsAsync<StreamsException>(() => ReadAsync(host, ReadFrom.Offset(offset)));

        Assert.Equal(StreamsErrorCode.OffsetOutOfRange, error.Code);
        Assert.Contains($"Offset {offset} is outside partition 'orders-0', which holds 2 to 10.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_OfOnePartition_ReadsThatOnly()
    {
        await using var host = await new Connected().OpenAsync(partitions: 3);
        host.Transport["orders", 1].Add("a", Bytes("1"), "Order");
        host.Transport["orders", 2].Add("a", Bytes("2"), "Order");

        var records = await ReadAllAsync(host.Factory.CreateReader<Order>().ReadAsync(2, ReadFrom.Earliest, ReadUntil.End, Token));

        Assert.Equal(["2"], records.Select(record => record.Message.Text));
    }

    [Fact]
    public async Task ReadAsync_OfAPartitionThatIsNotThere_SaysSo()
    {
        await using var host = await new Connected().OpenAsync(partitions: 3);
        var reader = host.Factory.CreateReader<Order>();

        var error = await Assert.ThrowsAsync<StreamsException>(
            () => ReadAllAsync(reader.ReadAsync(3, ReadFrom.Earliest, ReadUntil.End, Token)));

        Assert.Equal(StreamsErrorCode.UnknownTopicOrPartition, error.Code);
        Assert.Contains("'orders-3'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_WhenARecordIsMalformed_SaysWhich()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        host.Transport["orders", 0].Add("a", Bytes("0"), "Order").Add("a", [0x41, 0xFF], "Order");

        var error = await Assert.ThrowsAsync<MalformedPayloadException>(() => ReadAsync(host, ReadFrom.Earliest));

        Assert.Contains("offset 1 of 'orders-0' is no Order", error.Message, StringComparison.Ordinal);
        Assert.Equal(("Order.Text", 1L), (error.MemberPath, error.Position));
        Assert.Equal(0, host.Transport.BlocksHeld.Value);
    }

    [Fact]
    public async Task ReadAsync_Forever_WaitsForNewRecordsAndNewPartitions()
    {
        await using var host = await new Connected().OpenAsync(partitions: 1);
        host.Transport["orders", 0].Add("a", Bytes("old"), "Order");
        var records = host.Factory.CreateReader<Order>().ReadAsync(ReadFrom.Latest, ReadUntil.Forever, Token);
        await using var reading = records.GetAsyncEnumerator(Token);

        var next = reading.MoveNextAsync();
        Assert.False(next.IsCompleted);
        host.Transport["orders", 0].Add("a", Bytes("new"), "Order");
        Assert.True(await next);
        Assert.Equal("new", reading.Current.Message.Text);

        next = reading.MoveNextAsync();
        host.Transport.Create("orders", 2);
        host.Transport["orders", 1].Add("b", Bytes("added"), "Order");
        await host.Connection.RefreshAsync(Token);
        Assert.True(await next);
        Assert.Equal((1, "added"), (reading.Current.Metadata.Partition, reading.Current.Message.Text));
    }

    [Fact]
    public async Task ReadAsync_WhenCancelled_EndsAndHoldsNothing()
    {
        await using var host = await new Connected().OpenAsync(partitions: 3);
        host.Transport["orders", 0].Add("a", Bytes("0"), "Order");
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reader = host.Factory.CreateReader<Order>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var record in reader.ReadAsync(ReadFrom.Earliest, ReadUntil.Forever, cancelling.Token))
            {
                await cancelling.CancelAsync();
            }
        });

        Assert.Equal(0, host.Transport.BlocksHeld.Value);
    }

    [Fact]
    public async Task ReadAsync_WhenLeftEarly_HoldsNothing()
    {
        await using var host = await new Connected().OpenAsync(partitions: 3);
        foreach (var partition in Enumerable.Range(0, 3))
        {
            host.Transport["orders", partition].Add("a", Bytes("0"), "Order");
        }

        await foreach (var record in host.Factory.CreateReader<Order>().ReadAsync(ReadFrom.Earliest, ReadUntil.Forever, Token))
        {
            break;
        }

        Assert.Equal(0, host.Transport.BlocksHeld.Value);
    }

    [Fact]
    public async Task ReadAsync_WhenTheHostStops_EndsWithClosed()
    {
        var host = await new Connected().OpenAsync(partitions: 1);
        var reading = ReadAllAsync(host.Factory.CreateReader<Order>().ReadAsync(ReadFrom.Earliest, ReadUntil.Forever, Token));

        await host.DisposeAsync();

        Assert.Equal(StreamsErrorCode.Closed, (await Assert.ThrowsAsync<StreamsException>(() => reading)).Code);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Task<List<Record<Order>>> ReadAsync(Connected host, ReadFrom from)
        => ReadAllAsync(host.Factory.CreateReader<Order>().ReadAsync(from, ReadUntil.End, Token));

    private static async Task<List<Record<T>>> ReadAllAsync<T>(IAsyncEnumerable<Record<T>> records)
    {
        var all = new List<Record<T>>();
        await foreach (var record in records)
        {
            all.Add(record);
        }

        return all;
    }
}
