using Streams.Transport;

namespace Streams.Broker.Tests.Consuming;

internal sealed class TestBlock(long offset) : RecordBlock
{
    private readonly RecordRange[] _records = [new RecordRange { Offset = offset }];

    public override ReadOnlyMemory<byte> Buffer => ReadOnlyMemory<byte>.Empty;

    public override ReadOnlySpan<RecordRange> Records => _records;

    public override long NextOffset => _records[0].Offset + 1;

    public bool IsReturned { get; private set; }

    public TestBlock For(long newOffset)
    {
        _records[0].Offset = newOffset;
        Reuse();
        return this;
    }

    protected override void Return() => IsReturned = true;
}
