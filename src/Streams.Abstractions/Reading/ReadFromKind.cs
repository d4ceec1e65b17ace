namespace Streams;

/// <summary>The kinds of <see cref="ReadFrom"/>.</summary>
public enum ReadFromKind
{
    /// <summary>The first record.</summary>
    Earliest,

    /// <summary>The end.</summary>
    Latest,

    /// <summary>An offset.</summary>
    Offset,

    /// <summary>A time.</summary>
    Time,

    /// <summary>A group's committed offset.</summary>
    Committed,
}
