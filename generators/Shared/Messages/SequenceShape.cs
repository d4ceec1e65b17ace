namespace Streams.Shared.Messages;

/// <summary>How the elements of a sequence are reached without allocating, and how it is built.</summary>
internal enum SequenceShape
{
    /// <summary>An array.</summary>
    Array,

    /// <summary>A <c>List&lt;T&gt;</c>, walked as a span.</summary>
    List,

    /// <summary><c>IList&lt;T&gt;</c> or <c>IReadOnlyList&lt;T&gt;</c>: by index; read as an array or a list.</summary>
    IndexedInterface,

    /// <summary><c>ICollection&lt;T&gt;</c> or <c>IReadOnlyCollection&lt;T&gt;</c>: read as a list.</summary>
    CountedInterface,

    /// <summary><c>IEnumerable&lt;T&gt;</c>: counted first; read as an array.</summary>
    Enumerable,

    /// <summary><c>ISet&lt;T&gt;</c> or <c>IReadOnlySet&lt;T&gt;</c>: read as a hash set.</summary>
    SetInterface,

    /// <summary>A <c>Collection&lt;T&gt;</c> and the like: written by index, read by <c>Add</c>.</summary>
    IndexedClass,

    /// <summary>A <c>ReadOnlyCollection&lt;T&gt;</c>: written by index, read into what it wraps.</summary>
    Wrapper,

    /// <summary>A class with <c>Count</c> and <c>Add</c>.</summary>
    Added,

    /// <summary>A class that takes an enumerable: <c>Queue&lt;T&gt;</c> and others.</summary>
    Copied,

    /// <summary>A <c>Stack&lt;T&gt;</c>: written from the top, so read backwards.</summary>
    Stack,

    /// <summary>An <c>ImmutableArray&lt;T&gt;</c>; its default value is nil.</summary>
    ImmutableArray,

    /// <summary>An immutable class with a factory that takes an array.</summary>
    Immutable,
}
