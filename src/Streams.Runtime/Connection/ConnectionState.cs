namespace Streams.Runtime.Connection;

/// <summary>Where a <see cref="TransportConnection"/> stands.</summary>
internal enum ConnectionState
{
    /// <summary>The host has not started. Answers: everything -> NotAllowed. Next: opened -> Open; disposed -> Closed.</summary>
    NotOpen,

    /// <summary>In use. Next: disposed -> Closed.</summary>
    Open,

    /// <summary>The host has stopped. Answers: everything -> Closed. Next: none.</summary>
    Closed,
}
