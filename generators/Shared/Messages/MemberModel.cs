namespace Streams.Shared.Messages;

/// <summary>One member of a payload.</summary>
/// <param name="Name">The name, without an escape.</param>
/// <param name="Index">Its position in the array, or among the pairs of a map.</param>
/// <param name="MapKey">Its key in a map; null in an array.</param>
/// <param name="Type">How its type stands on the wire.</param>
/// <param name="Assignment">How it gets its value.</param>
/// <param name="ArgumentIndex">Which constructor argument it is, or -1.</param>
internal sealed record MemberModel(
    string Name,
    int Index,
    string? MapKey,
    WireType Type,
    MemberAssignment Assignment,
    int ArgumentIndex);
