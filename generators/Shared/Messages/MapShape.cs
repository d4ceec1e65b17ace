namespace Streams.Shared.Messages;

/// <summary>How a dictionary is built.</summary>
internal enum MapShape
{
    /// <summary>A <c>Dictionary&lt;TKey, TValue&gt;</c>.</summary>
    Dictionary,

    /// <summary>An interface, read as a <c>Dictionary&lt;TKey, TValue&gt;</c>.</summary>
    Interface,

    /// <summary>A class with <c>Add</c>.</summary>
    Added,

    /// <summary>A class that takes a dictionary.</summary>
    Copied,

    /// <summary>An immutable class with a factory.</summary>
    Immutable,
}
