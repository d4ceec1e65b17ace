namespace Streams.Runtime.Processing;

/// <summary>What is done with a record.</summary>
internal enum RouteKind : byte
{
    /// <summary>A handler of the group takes it.</summary>
    Handle,

    /// <summary>Its type is known and nobody in this group handles it: it is complete at once.</summary>
    Pass,

    /// <summary>It names a type that this process does not know: the partition stops.</summary>
    UnknownType,

    /// <summary>It names no type, and the topic has several and no default: the partition stops.</summary>
    NoType,

    /// <summary>Its headers cannot be read: the partition stops.</summary>
    Malformed,
}
