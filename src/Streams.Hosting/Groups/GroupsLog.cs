using Microsoft.Extensions.Logging;

namespace Streams.Hosting.Groups;

/// <summary>What is said about the start and the stop of groups.</summary>
internal static partial class GroupsLog
{
    [LoggerMessage(1200, LogLevel.Information, "Group {GroupId} does not start in this process: 'Enabled' is false in its configuration.")]
    public static partial void GroupDisabled(ILogger logger, string groupId);

    [LoggerMessage(1201, LogLevel.Warning,
        "Group {GroupId} was still draining when the host's shutdown timeout was over. What was not committed is handled again after "
        + "the next start. Lower 'Streams:ShutdownDrain', raise HostOptions.ShutdownTimeout, or let handlers end when their token is "
        + "cancelled.")]
    public static partial void StopCutShort(ILogger logger, string groupId);

    [LoggerMessage(1202, LogLevel.Error,
        "Group {GroupId} did not stop cleanly. What was not committed is handled again after the next start.")]
    public static partial void StopFailed(ILogger logger, Exception error, string groupId);
}
