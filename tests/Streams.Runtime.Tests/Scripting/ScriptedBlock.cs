using System.Buffers;
using System.Text;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Runtime.Tests.Scripting;

/// <summary>A block over scripted records; after the last release its buffer is poisoned, so that a late reader is found.</summary>
internal sealed class ScriptedBlock : RecordBlock
{
    private readonly byte[] _bytes;
    private readonly RecordRange[] _records;

    public ScriptedBlock(IEnumerable<ScriptedRecord> records, long nextOffset)
    {
        var output = new ArrayBufferWriter<byte>();
        var ranges = new List<RecordRange>();
        foreach (var record in records)
        {
            var range = new RecordRange { Offset = record.Offset, Timestamp = 1_000 + record.Offset, KeyLength = -1, ValueLength = -1 };
            if (record.Key is not null)
            {
                range.KeyStart = output.WrittenCount;
                output.Write(Encoding.UTF8.GetBytes(record.Key));
                range.KeyLength = output.WrittenCount - range.KeyStart;
            }

            if (record.Value is not null)
            {
                range.ValueStart = output.WrittenCount;
                output.Write(record.Value);
                range.ValueLength = record.Value.Length;
            }

            range.HeadersStart = output.WrittenCount;
            range.HeaderCount = record.Headers.Count;
            RecordHeaderCodec.Write(record.Headers, output);
            range.HeadersLength = output.WrittenCount - range.HeadersStart;
            ranges.Add(range);
        }

        _bytes = output.WrittenSpan.ToArray();
        _records = [.. ranges];
        NextOffset = nextOffset;
    }

    public bool IsReturned { get; private set; }

    public override ReadOnlyMemory<byte> Buffer => IsReturned ? throw new InvalidOperationException("Read after the last release.")
        : _bytes;

    public override ReadOnlySpan<RecordRange> Records => IsReturned
        ? throw new InvalidOperationException("Read after the last release.") : _records;

    public override long NextOffset { get; }

    protected override void Return()
    {
        IsReturned = true;
        Array.Fill(_bytes, (byte)0xEE);
    }
}
