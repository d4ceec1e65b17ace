namespace Streams.Shared.Messages;

/// <summary>What a codec class writes and reads: an object, a union, or something that has a layout of its own.</summary>
/// <param name="TypeName">The type as generated code names it.</param>
/// <param name="IsReference">Whether it is a class or an interface.</param>
/// <param name="IsForbidden">Whether something of it is obsolete as an error, so that code that uses it must be obsolete too.</param>
internal abstract record PayloadModel(string TypeName, bool IsReference, bool IsForbidden);
