namespace Streams.Shared.Messages;

/// <summary>A type without members on the wire: a collection class, or one with a formatter.</summary>
/// <param name="Type">How it stands on the wire.</param>
internal sealed record WiredModel(string TypeName, bool IsReference, WireType Type)
    : PayloadModel(TypeName, IsReference, IsForbidden: false);
