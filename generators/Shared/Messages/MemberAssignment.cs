namespace Streams.Shared.Messages;

/// <summary>How a member gets the value that was read.</summary>
internal enum MemberAssignment
{
    /// <summary>As a constructor argument; the default value of its type where the bytes lack it.</summary>
    Constructor,

    /// <summary>In the object initializer; the default value of its type where the bytes lack it.</summary>
    Initializer,

    /// <summary>After construction, and only where the bytes hold it: the member's own initializer stands otherwise.</summary>
    Setter,
}
