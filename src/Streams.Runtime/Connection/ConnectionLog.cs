using Microsoft.Extensions.Logging;

namespace Streams.Runtime.Connection;

/// <summary>What the connection says.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(3100, LogLevel.Warning,
        "The partition counts of the topics could not be read; producers go on with those known. Tried again in {Interval}.")]
    public static partial void PartitionCountsNotRefreshed(ILogger logger, Exception error, TimeSpan interval);
}
