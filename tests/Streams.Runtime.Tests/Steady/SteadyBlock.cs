using System.Buffers;
using System.Text;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Runtime.Tests.Steady;

/// <summary>A block that is used again and again, each time with the next offsets. Its records have eight keys in turn.</summary>
internal sealed class SteadyBlock : RecordBlock
{
    private readonly byte[] _bytes;
    private readonly RecordRange[] _records;
    private long _next;

    public SteadyBlock(int records)
    {
        var output = new ArrayBufferWriter<byte>();
        _records = new RecordRange[records];
        for (var index = 0; index < records; index++)
        {
            ref var range = ref _records[index];
            range.KeyStart = output.WrittenCount;
            output.Write(Encoding.UTF8.GetBytes($"key-{index % 8}"));
            range.KeyLength = output.WrittenCount - range.KeyStart;
            range.ValueStart = output.WrittenCount;
            output.Write("payload"u8);
            range.ValueLength = output.WrittenCount - range.ValueStart;
            range.HeadersStart = output.WrittenCount;
            range.HeaderCount = 1;
            RecordHeaderCodec.Write(new RecordHeaders { { StreamsHeaders.Type, "Order" } }, output);
            range.HeadersLength = output.WrittenCount - range.HeadersStart;
        }

        _bytes = output.WrittenSpan.ToArray();
    }

    public bool IsReturned { get; private set; } = true;

    public override ReadOnlyMemory<byte> Buffer => _bytes;

    public override ReadOnlySpan<RecordRange> Records => _records;

    public override long NextOffset => _next;

    /// <summary>Makes it the block that begins at an offset.</summary>
    public SteadyBlock At(long offset)
    {
        Assert.True(IsReturned, "The block is still in use.");
        IsReturned = false;
        Reuse();
        for (var index = 0; index < _records.Length; index++)
        {
            _records[index].Offset = offset + index;
        }

        _next = offset + _records.Length;
        return this;
    }

    protected override void Return() => IsReturned = true;
}
