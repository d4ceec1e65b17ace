namespace Streams.Hosting.Lifecycle;

/// <summary>Where the host's life stands.</summary>
internal enum HostPhase
{
    /// <summary>Built. Health: unhealthy. Next: the host starts -> Starting; disposed -> Stopped.</summary>
    NotStarted,

    /// <summary>The transport opens, topics are made. Health: unhealthy. Next: opened -> Open; a failure -> Failed.</summary>
    Starting,

    /// <summary>Producers and readers work, groups are about to start. Health: unhealthy. Next: groups started -> Running; a failure -> Failed; the host stops -> Stopping.</summary>
    Open,

    /// <summary>Everything works. Health: that of broker and groups. Next: the host stops -> Stopping.</summary>
    Running,

    /// <summary>Groups drain; producers still work. Health: unhealthy. Next: all drained -> Closing.</summary>
    Stopping,

    /// <summary>Producers flush, the transport closes. Health: unhealthy. Next: closed -> Stopped.</summary>
    Closing,

    /// <summary>Nothing works any more. Health: unhealthy. Next: none.</summary>
    Stopped,

    /// <summary>The start failed. Health: unhealthy. Next: the host stops or is disposed -> Stopped.</summary>
    Failed,
}
