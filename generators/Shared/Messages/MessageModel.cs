namespace Streams.Shared.Messages;

/// <summary>One message, all a generator needs of it. Holds values only, so that two readings of the same source are equal.</summary>
/// <param name="HintName">The generated file.</param>
/// <param name="Namespace">The namespace, escaped, or empty.</param>
/// <param name="Declarations">The headers of the containing types and of the type itself, such as <c>partial record OrderPlaced</c>.</param>
/// <param name="TypeName">The type as generated code names it.</param>
/// <param name="DisplayName">The type's simple name, with which member paths begin.</param>
/// <param name="IsReference">Whether it is a class.</param>
/// <param name="Topic">What the attribute says.</param>
/// <param name="Payload">What is written, or null where it cannot be: then it gets a stub that throws.</param>
/// <param name="Key">The members of the key, in order.</param>
internal sealed record MessageModel(
    string HintName,
    string Namespace,
    EquatableArray<string> Declarations,
    string TypeName,
    string DisplayName,
    bool IsReference,
    TopicModel Topic,
    PayloadModel? Payload,
    EquatableArray<KeyPartModel> Key);
