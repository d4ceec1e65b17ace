using Microsoft.Extensions.Logging;

namespace Streams.Hosting.Lifecycle;

/// <summary>What the host says about its start and stop.</summary>
internal static partial class LifecycleLog
{
    [LoggerMessage(1000, LogLevel.Information, "Streams is open: {Messages} messages on {Topics} topics, ready after {Elapsed}.")]
    public static partial void Opened(ILogger logger, int messages, int topics, TimeSpan elapsed);

    [LoggerMessage(1001, LogLevel.Information, "Streams runs {Groups} consumer groups.")]
    public static partial void Running(ILogger logger, int groups);

    [LoggerMessage(1003, LogLevel.Warning,
        "No message and no handler is registered, so there is nothing to do. "
        + "Call AddHandlers() or AddMessages() on the builder of AddStreams.")]
    public static partial void NothingRegistered(ILogger logger);

    [LoggerMessage(1004, LogLevel.Information, "Streams is stopping: {Groups} consumer groups drain for up to {Drain}.")]
    public static partial void Stopping(ILogger logger, int groups, TimeSpan drain);

    [LoggerMessage(1005, LogLevel.Information, "Streams has stopped after {Elapsed}.")]
    public static partial void Stopped(ILogger logger, TimeSpan elapsed);

    [LoggerMessage(1006, LogLevel.Warning,
        "The {Step} was not done when the host's shutdown timeout was over; it goes on in the background.")]
    public static partial void StepCutShort(ILogger logger, string step);

    [LoggerMessage(1007, LogLevel.Error, "The {Step} failed during the stop.")]
    public static partial void StepFailed(ILogger logger, Exception error, string step);
}
