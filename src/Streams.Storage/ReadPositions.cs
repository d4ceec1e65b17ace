using Streams.Storage.Segments;

namespace Streams.Storage;

/// <summary>
/// Where the readers of a log stand in its files, so that one who reads on needs neither index nor search. A few places, overwritten by whoever
/// comes later: a miss costs a search, never an error. Thread-safe.
/// </summary>
internal sealed class ReadPositions
{
    // Readers of one partition at a time: a handful of groups and a replay.
    private const int Places = 16;

    private readonly Lock _lock = new();
    private readonly (long Offset, LogSegment? Segment, long Position)[] _places = new (long, LogSegment?, long)[Places];

    /// <summary>Returns where the batch with this offset begins; <see langword="false"/> where nobody stands there.</summary>
    public bool TryGet(long offset, LogSegment segment, out long position)
    {
        lock (_lock)
        {
            ref var place = ref _places[PlaceOf(offset)];
            position = place.Position;
            return place.Offset == offset && ReferenceEquals(place.Segment, segment);
        }
    }

    /// <summary>Remembers where the next read begins.</summary>
    public void Set(long offset, LogSegment segment, long position)
    {
        lock (_lock)
        {
            _places[PlaceOf(offset)] = (offset, segment, position);
        }
    }

    /// <summary>Forgets everything, so that segments that are gone are not held.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Array.Clear(_places);
        }
    }

    // Offsets of readers differ in their low bits or not at all in a pattern; a multiplication spreads them.
    private static int PlaceOf(long offset) => (int)((ulong)offset * 0x9E37_79B9_7F4A_7C15UL >> 60);
}
