namespace Streams.Shared.Messages;

/// <summary>How the elements of a sequence are reached when it is written.</summary>
internal enum SequenceWalk
{
    /// <summary>As an array or a span.</summary>
    Span,

    /// <summary>By index, up to <c>Count</c>.</summary>
    Index,

    /// <summary>By its enumerator, after its <c>Count</c>.</summary>
    Count,

    /// <summary>By its enumerator, after counting by its enumerator: it does not know its count and never changes.</summary>
    Twice,

    /// <summary>Segment by segment.</summary>
    Segments,

    /// <summary>A counted interface: most often an array or a list, which are walked without an enumerator.</summary>
    CountedInterface,

    /// <summary>A set interface: most often a hash set.</summary>
    SetInterface,

    /// <summary>An enumerable that may not know its count: copied where it does not.</summary>
    Enumerable,
}
