namespace Streams.Shared.Messages;

/// <summary>A value that a formatter of the user's writes and reads.</summary>
/// <param name="Formatter">The expression that makes the formatter.</param>
internal sealed record FormatterWire(string Name, bool IsReference, string Formatter) : WireType(Name, IsReference);
