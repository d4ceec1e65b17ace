namespace Streams.Broker.Groups.Requests;

/// <summary>A way to share the work that a member offers: an assignor's name and what it tells that assignor.</summary>
/// <param name="Name">The name, such as <c>range</c>.</param>
/// <param name="Metadata">The member's subscription, opaque to the coordinator.</param>
internal readonly record struct GroupProtocol(string Name, byte[] Metadata);
