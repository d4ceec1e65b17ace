namespace Streams.Transport;

/// <summary>Where one record's parts lie in the buffer of its <see cref="RecordBlock"/>.</summary>
public struct RecordRange : IEquatable<RecordRange>
{
    /// <summary>The offset.</summary>
    public long Offset;

    /// <summary>The timestamp in milliseconds since 1970.</summary>
    public long Timestamp;

    /// <summary>Where the key begins.</summary>
    public int KeyStart;

    /// <summary>How long the key is, or -1 for none.</summary>
    public int KeyLength;

    /// <summary>Where the value begins.</summary>
    public int ValueStart;

    /// <summary>How long the value is, or -1 for a tombstone.</summary>
    public int ValueLength;

    /// <summary>Where the encoded headers begin.</summary>
    public int HeadersStart;

    /// <summary>How many bytes the encoded headers take.</summary>
    public int HeadersLength;

    /// <summary>How many headers there are.</summary>
    public int HeaderCount;

    /// <inheritdoc />
    public readonly bool Equals(RecordRange other)
        => Offset == other.Offset && Timestamp == other.Timestamp && KeyStart == other.KeyStart && KeyLength == other.KeyLength
            && ValueStart == other.ValueStart && ValueLength == other.ValueLength && HeadersStart == other.HeadersStart
            && HeadersLength == other.HeadersLength && HeaderCount == other.HeaderCount;

    /// <inheritdoc />
    public override readonly bool Equals(object? obj) => obj is RecordRange other && Equals(other);

    /// <inheritdoc />
    public override readonly int GetHashCode() => HashCode.Combine(Offset, KeyStart, ValueStart);

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(RecordRange left, RecordRange right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(RecordRange left, RecordRange right) => !left.Equals(right);
}
