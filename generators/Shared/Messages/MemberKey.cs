namespace Streams.Shared.Messages;

/// <summary>What an attribute says of a member's place: a position in an array, or a key in a map.</summary>
internal readonly record struct MemberKey(int Index, string? Name);
