namespace Streams.Shared.Messages;

/// <summary>An object as it is read and written: a message, or a plain type inside one.</summary>
/// <param name="TypeName">The type as generated code names it.</param>
/// <param name="IsReference">Whether it is a class.</param>
/// <param name="IsMap">Whether it is laid out as a map with text keys instead of an array.</param>
/// <param name="Length">The number of positions in the array, gaps included, or of pairs in the map.</param>
/// <param name="IsForbidden">Whether something of it is obsolete as an error, so that code that uses it must be obsolete too.</param>
/// <param name="Members">The members in the order they are written.</param>
internal sealed record ObjectModel(
    string TypeName,
    bool IsReference,
    bool IsMap,
    int Length,
    bool IsForbidden,
    EquatableArray<MemberModel> Members);
