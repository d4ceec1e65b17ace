namespace Streams.Shared.Messages;

/// <summary>How a type stands on the wire.</summary>
/// <param name="Name">The type as generated code names it, without annotations.</param>
/// <param name="IsReference">Whether null is a value of it, written as nil.</param>
internal abstract record WireType(string Name, bool IsReference);
