namespace Streams.Runtime.Groups;

/// <summary>A handler class and where its topics are found. Immutable.</summary>
/// <param name="Descriptor">What the class declares.</param>
/// <param name="Topics">From the topic as declared, placeholders included, to the topic's real name; every topic of the class's messages.</param>
internal sealed record HandlerBinding(HandlerDescriptor Descriptor, IReadOnlyDictionary<string, string> Topics);
