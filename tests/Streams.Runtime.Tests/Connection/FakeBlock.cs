using System.Runtime.CompilerServices;
using Streams.Transport;

namespace Streams.Runtime.Tests.Connection;

/// <summary>A block whose bytes are wiped on its last release, so that whoever kept some notices.</summary>
internal sealed class FakeBlock : RecordBlock
{
    private readonly byte[] _bytes;
    private readonly RecordRange[] _ranges;
    private readonly StrongBox<int> _held;

    public FakeBlock(ReadOnlyMemory<byte> bytes, RecordRange[] ranges, long nextOffset, StrongBox<int> held)
    {
        _bytes = bytes.ToArray();
        _ranges = ranges;
        _held = held;
        NextOffset = nextOffset;
        Interlocked.Increment(ref held.Value);
    }

    public override ReadOnlyMemory<byte> Buffer => _bytes;

    public override ReadOnlySpan<RecordRange> Records => _ranges;

    public override long NextOffset { get; }

    protected override void Return()
    {
        Array.Fill(_bytes, (byte)0xEE);
        Array.Clear(_ranges);
        Interlocked.Decrement(ref _held.Value);
    }
}
