namespace Streams.Shared.Handlers;

/// <summary>One handler method.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Message">The message type as generated code names it.</param>
/// <param name="Topic">The message's topic.</param>
/// <param name="WireName">The message's wire name.</param>
/// <param name="AcceptsTombstone">Whether the message parameter is nullable.</param>
/// <param name="IsValueMessage">Whether the message is a struct.</param>
/// <param name="Arguments">What follows the message.</param>
/// <param name="Returned">What it returns.</param>
internal sealed record RouteModel(
    string Method,
    string Message,
    string Topic,
    string WireName,
    bool AcceptsTombstone,
    bool IsValueMessage,
    EquatableArray<int> Arguments,
    ReturnedModel Returned);
