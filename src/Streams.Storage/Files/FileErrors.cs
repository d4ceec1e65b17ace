namespace Streams.Storage.Files;

/// <summary>The errors of the file seam, so that every implementation says the same.</summary>
internal static class FileErrors
{
    // errno on Linux and macOS.
    private const int NotPermitted = 1;
    private const int NoAccess = 13;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;

    // HRESULTs on Windows: handle disk full, disk full, write protected.
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);
    private const int WriteProtected = unchecked((int)0x80070013);

    /// <summary>Wraps what a call of the framework threw.</summary>
    /// <param name="action">What was tried, as in "write 100 bytes at 5 to".</param>
    /// <param name="path">The file or directory.</param>
    /// <param name="cause">What was thrown.</param>
    public static StreamsException From(string action, string path, Exception cause) => cause switch
    {
        StreamsException known => known,
        UnauthorizedAccessException => ReadOnly(action, path, cause),
        _ => FromError(action, path, cause.HResult, cause.Message, cause),
    };

    /// <summary>Makes the error of a system call that returned an errno (or a Windows HRESULT).</summary>
    public static StreamsException FromError(string action, string path, int error, string text, Exception? cause = null) => error switch
    {
        NoSpace or HandleDiskFull or DiskFull => Full(action, path, text, cause),
        QuotaLinux when OperatingSystem.IsLinux() => Full(action, path, text, cause),
        QuotaMac when OperatingSystem.IsMacOS() => Full(action, path, text, cause),
        NotPermitted or NoAccess or ReadOnlyFileSystem or WriteProtected => ReadOnly(action, path, cause),
        _ => new($"Cannot {action} '{path}': {text} Check the disk and its file system; the data directory must be reopened.", cause)
        {
            Code = StreamsErrorCode.StorageFailed,
        },
    };

    /// <summary>Somebody else has the directory.</summary>
    public static StreamsException InUse(string path, Exception? cause = null) => new(
        $"The data directory of '{path}' is used by another process or opened twice in this one. "
        + "Stop the other one, or give each its own directory (Streams:Broker:Data).",
        cause)
    {
        Code = StreamsErrorCode.DirectoryInUse,
    };

    private static StreamsException Full(string action, string path, string text, Exception? cause) => new(
        $"Cannot {action} '{path}': the disk is full ({text.TrimEnd('.')}). Free space or shorten retention; the log goes on when "
        + "there is room.",
        cause)
    {
        Code = StreamsErrorCode.DiskFull,
    };

    private static StreamsException ReadOnly(string action, string path, Exception? cause) => new(
        $"Cannot {action} '{path}': the data directory cannot be written. "
        + "Give this user write access, or set another directory (Streams:Broker:Data).",
        cause)
    {
        Code = StreamsErrorCode.ReadOnlyDirectory,
    };
}
