namespace Streams.Shared.Messages;

/// <summary>A union: an array of the tag and the object of that case.</summary>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Cases">The cases, ordered by their tags.</param>
internal sealed record UnionModel(string TypeName, bool IsForbidden, string DisplayName, EquatableArray<UnionCase> Cases)
    : PayloadModel(TypeName, IsReference: true, IsForbidden);
