using Microsoft.Extensions.Logging;

namespace Streams.Storage.Segments;

/// <summary>What segments say.</summary>
internal static partial class SegmentLog
{
    [LoggerMessage(4020, LogLevel.Warning, "The indexes of {Path} were not usable ({Fault}); they were made again from the log.")]
    public static partial void IndexesRebuilt(ILogger logger, string path, string fault);

    [LoggerMessage(4021, LogLevel.Warning, "The indexes of {Path} could not be written; they stay in memory and are made again later.")]
    public static partial void IndexesNotWritten(ILogger logger, Exception error, string path);

    [LoggerMessage(4022, LogLevel.Warning, "{Path} could not be deleted; the next start tries again.")]
    public static partial void LeftBehind(ILogger logger, Exception error, string path);
}
