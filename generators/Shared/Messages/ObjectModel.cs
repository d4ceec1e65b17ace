namespace Streams.Shared.Messages;

/// <summary>An object as it is read and written: a message, or a plain type inside one.</summary>
/// <param name="IsMap">Whether it is laid out as a map with text keys instead of an array.</param>
/// <param name="Length">The number of positions in the array, gaps included, or of pairs in the map.</param>
/// <param name="HasCallbacks">Whether it wants to be told before it is written and after it was read.</param>
/// <param name="Members">The members in the order they are written.</param>
internal sealed record ObjectModel(
    string TypeName,
    bool IsReference,
    bool IsForbidden,
    bool IsMap,
    int Length,
    bool HasCallbacks,
    EquatableArray<MemberModel> Members)
    : PayloadModel(TypeName, IsReference, IsForbidden);
