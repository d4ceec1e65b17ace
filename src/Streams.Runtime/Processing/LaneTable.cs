using System.Numerics;
using System.Runtime.InteropServices;

namespace Streams.Runtime.Processing;

/// <summary>
/// The lanes of one partition by key: chained buckets over pooled lanes. At most as many lanes as records in flight, so a chain stays
/// short even against keys chosen to collide. Guarded by the worker's lock.
/// </summary>
internal sealed class LaneTable
{
    private readonly Lane?[] _buckets;
    private Lane? _free;

    /// <summary>Initializes a new instance of the <see cref="LaneTable"/> class.</summary>
    /// <param name="recordsMax">How many records may be in flight.</param>
    public LaneTable(int recordsMax) => _buckets = new Lane?[(int)BitOperations.RoundUpToPowerOf2((uint)recordsMax)];

    /// <summary>Gets how many lanes there are.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a record at the end of its key's lane.</summary>
    /// <param name="record">The record.</param>
    /// <param name="key">The key bytes.</param>
    /// <param name="isKeyless">Whether the record has no key; an empty key is a key.</param>
    /// <returns>Whether it is the first of its lane, and so ready.</returns>
    public bool Append(LaneRecord record, ReadOnlyMemory<byte> key, bool isKeyless)
    {
        var hash = Hash(key.Span);
        ref var bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        for (var lane = bucket; lane is not null; lane = lane.Next)
        {
            if (lane.Hash == hash && lane.IsKeyless == isKeyless && lane.Key.Span.SequenceEqual(key.Span))
            {
                lane.Last.NextInLane = record;
                Join(lane, record, key);
                return false;
            }
        }

        var begun = _free ?? new Lane();
        _free = begun.Next;
        (begun.Hash, begun.IsKeyless, begun.Next) = (hash, isKeyless, bucket);
        bucket = begun;
        Count++;
        Join(begun, record, key);
        return true;
    }

    /// <summary>Takes the first record out of its lane; an empty lane is gone.</summary>
    /// <param name="record">The record, first of its lane.</param>
    /// <returns>The next record of the lane, ready now, or <see langword="null"/>.</returns>
    public LaneRecord? Remove(LaneRecord record)
    {
        if (record.NextInLane is { } next)
        {
            return next;
        }

        var lane = record.Lane!;
        ref var link = ref _buckets[lane.Hash & (uint)(_buckets.Length - 1)];
        if (ReferenceEquals(link, lane))
        {
            link = lane.Next;
        }
        else
        {
            var before = link!;
            while (!ReferenceEquals(before.Next, lane))
            {
                before = before.Next!;
            }

            before.Next = lane.Next;
        }

        lane.Key = default;
        lane.Last = null!;
        lane.Next = _free;
        _free = lane;
        Count--;
        return null;
    }

    private static void Join(Lane lane, LaneRecord record, ReadOnlyMemory<byte> key)
    {
        lane.Last = record;
        lane.Key = key;
        record.Lane = lane;
    }

    private static uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)key.Length;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(key))
        {
            hash = BitOperations.RotateLeft((hash ^ word) * 0xBF58476D1CE4E5B9UL, 29);
        }

        foreach (var value in key[(key.Length & ~7)..])
        {
            hash = (hash ^ value) * 0x94D049BB133111EBUL;
        }

        return (uint)(hash ^ (hash >> 32));
    }
}
