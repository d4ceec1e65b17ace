using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Streams.Storage.Files;

/// <summary>
/// System calls the framework does not offer, or whose errors it hides: its flush reports success when fsync fails with EIO or ENOSPC, and
/// it cannot open a directory. Each returns the errno (or the Windows HRESULT) of the failure, 0 for success.
/// </summary>
internal static partial class NativeCalls
{
    private const int Interrupted = 4;
    private const int NotSupportedOnMac = 45;
    private const int ReadOnlyAccess = 0;
    private const int CloseOnExecLinux = 0x80000;
    private const int CloseOnExecMac = 0x1000000;
    private const int FullSync = 51;

    /// <summary>Syncs data and length of a file.</summary>
    public static int SyncFile(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            return FlushFileBuffers(file) ? 0 : Marshal.GetHRForLastWin32Error();
        }

        int result;
        do
        {
            result = OperatingSystem.IsMacOS() ? FullSyncFile(file) : OperatingSystem.IsLinux() ? DataSync(file) : Sync(file);
        }
        while (result != 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return result == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Syncs the names in a directory. Windows has no such call: NTFS journals names itself.</summary>
    public static int SyncDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return 0;
        }

        var descriptor = OpenFile(path, ReadOnlyAccess | (OperatingSystem.IsMacOS() ? CloseOnExecMac : CloseOnExecLinux));
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        using var directory = new SafeFileHandle(descriptor, ownsHandle: true);
        int result;
        do
        {
            result = Sync(directory);
        }
        while (result != 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return result == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    // fsync leaves the data in the drive's cache on macOS. Some of its file systems (network ones) know no full sync.
    private static int FullSyncFile(SafeFileHandle file)
        => Control(file, FullSync) is not -1 ? 0 : Marshal.GetLastPInvokeError() == NotSupportedOnMac ? Sync(file) : -1;

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FlushFileBuffers(SafeFileHandle file);
}
