using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Runtime.Tests.Connection;

/// <summary>One partition's records, with gaps where a test leaves them. A block holds at most <see cref="BlockRecordsMax"/> records.</summary>
internal sealed class FakePartition(StrongBox<int> blocksHeld)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, (long Timestamp, byte[]? Key, byte[]? Value, RecordHeaders Headers)> _records = [];
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int BlockRecordsMax { get; set; } = 3;

    public long Start { get; set; }

    public long End { get; private set; }

    /// <summary>Gets the offsets asked for, in order.</summary>
    public List<long> Requests { get; } = [];

    public FakePartition Add(string? key, byte[]? value, string? wireName, long timestamp = 0)
    {
        RecordHeaders headers = wireName is null ? [] : new() { { StreamsHeaders.Type, wireName } };
        TaskCompletionSource appended;
        lock (_lock)
        {
            _records.Add(End++, (timestamp, key is null ? null : Encoding.UTF8.GetBytes(key), value, headers));
            appended = _appended;
            _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        appended.SetResult();
        return this;
    }

    /// <summary>Offsets that compaction or a control batch took.</summary>
    public FakePartition Gap(int count)
    {
        End += count;
        return this;
    }

    public long OffsetAt(long timestamp)
        => _records.Where(record => record.Value.Timestamp >= timestamp).Select(record => (long?)record.Key).FirstOrDefault() ?? End;

    public async ValueTask<RecordBlock> ReadAsync(long offset, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Requests.Add(offset);
        }

        while (true)
        {
            Task appended;
            lock (_lock)
            {
                if (offset < End)
                {
                    return Block(offset);
                }

                appended = _appended.Task;
            }

            await appended.WaitAsync(cancellationToken);
        }
    }

    private FakeBlock Block(long offset)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var ranges = new List<RecordRange>();
        foreach (var (at, record) in _records.Where(record => record.Key >= offset).Take(BlockRecordsMax))
        {
            var range = new RecordRange { Offset = at, Timestamp = record.Timestamp, HeaderCount = record.Headers.Count };
            (range.KeyStart, range.KeyLength) = Write(bytes, record.Key);
            (range.ValueStart, range.ValueLength) = Write(bytes, record.Value);
            range.HeadersStart = bytes.WrittenCount;
            RecordHeaderCodec.Write(record.Headers, bytes);
            range.HeadersLength = bytes.WrittenCount - range.HeadersStart;
            ranges.Add(range);
        }

        var isLast = ranges.Count == 0 || ranges[^1].Offset == _records.Keys.Last();
        return new(bytes.WrittenMemory, [.. ranges], isLast ? End : ranges[^1].Offset + 1, blocksHeld);
    }

    private static (int Start, int Length) Write(ArrayBufferWriter<byte> output, byte[]? bytes)
    {
        var start = output.WrittenCount;
        output.Write(bytes);
        return (start, bytes?.Length ?? -1);
    }
}
