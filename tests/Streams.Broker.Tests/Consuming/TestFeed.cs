using System.Diagnostics.CodeAnalysis;
using Streams.Broker.Transport.Consuming;
using Streams.Transport;

namespace Streams.Broker.Tests.Consuming;

/// <summary>One partition: an end that the test moves, and one record in each block.</summary>
internal sealed class TestFeed(TopicPartition partition) : IPartitionFeed
{
    private readonly Lock _gate = new();
    private readonly List<(long Offset, IDataWaiter Waiter)> _waiters = [];
    private TestBlock? _reused;
    private long _end;

    public long Start { get; set; }

    public bool ReusesOneBlock { get; set; }

    public List<TestBlock> Blocks { get; } = [];

    /// <summary>Called inside a read, after the block is made: what happens here happens in the middle of it.</summary>
    public Action? DuringRead { get; set; }

    public int WaiterCount
    {
        get
        {
            lock (_gate)
            {
                return _waiters.Count;
            }
        }
    }

    public void MoveEnd(long end)
    {
        IDataWaiter[] ready;
        lock (_gate)
        {
            _end = end;
            ready = [.. _waiters.Where(waiter => waiter.Offset < end).Select(waiter => waiter.Waiter)];
            _waiters.RemoveAll(waiter => waiter.Offset < end);
        }

        foreach (var waiter in ready)
        {
            waiter.OnData();
        }
    }

    public bool TryRead(long offset, int bytesMax, [NotNullWhen(true)] out RecordBlock? block)
    {
        lock (_gate)
        {
            if (offset < Start || offset > _end)
            {
                throw new StreamsException($"Offset {offset} is outside '{partition}'.") { Code = StreamsErrorCode.OffsetOutOfRange };
            }

            block = offset == _end ? null : MakeBlock(offset);
        }

        DuringRead?.Invoke();
        return block is not null;
    }

    public void WaitForData(long offset, IDataWaiter waiter)
    {
        lock (_gate)
        {
            Assert.DoesNotContain(_waiters, other => other.Waiter == waiter);
            if (offset >= _end)
            {
                _waiters.Add((offset, waiter));
                return;
            }
        }

        waiter.OnData();
    }

    public void StopWaiting(IDataWaiter waiter)
    {
        lock (_gate)
        {
            _waiters.RemoveAll(other => other.Waiter == waiter);
        }
    }

    private TestBlock MakeBlock(long offset)
    {
        if (ReusesOneBlock)
        {
            return (_reused ??= new TestBlock(offset)).For(offset);
        }

        var block = new TestBlock(offset);
        Blocks.Add(block);
        return block;
    }
}
