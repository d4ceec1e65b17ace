namespace Streams.Runtime.Processing;

/// <summary>Where a record goes.</summary>
/// <param name="Kind">What is done with it.</param>
/// <param name="Target">The handler class, where it is handled.</param>
/// <param name="Method">The dispatcher's number of the method.</param>
/// <param name="AcceptsTombstone">Whether the method takes records without a value; where it does not, they pass.</param>
internal readonly record struct Route(RouteKind Kind, HandlerTarget? Target, int Method, bool AcceptsTombstone);
