namespace Streams.Shared.Messages;

/// <summary>What the elements of a sequence are read into.</summary>
internal enum SequenceBuild
{
    /// <summary>An array of just the right length.</summary>
    Array,

    /// <summary>An array, turned round afterwards: stacks are written from the top.</summary>
    ReversedArray,

    /// <summary>A list.</summary>
    List,

    /// <summary>A hash set.</summary>
    Set,

    /// <summary>The collection itself, made without arguments.</summary>
    Itself,
}
