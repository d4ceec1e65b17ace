using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Streams.Storage.Files;

/// <summary>A file of the operating system: pread, pwrite and fdatasync on one handle.</summary>
internal sealed class PhysicalFile(string path, SafeFileHandle handle) : ILogFile
{
    /// <inheritdoc />
    public string Path { get; } = path;

    /// <inheritdoc />
    public long Length
    {
        get
        {
            try
            {
                return RandomAccess.GetLength(handle);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw FileErrors.From("ask the length of", Path, error);
            }
        }
    }

    /// <inheritdoc />
    public void Write(ReadOnlySpan<byte> bytes, long position)
    {
        try
        {
            RandomAccess.Write(handle, bytes, position);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.From($"write {bytes.Length} bytes at {position} to", Path, error);
        }
    }

    /// <inheritdoc />
    public int Read(Span<byte> buffer, long position)
    {
        try
        {
            var total = 0;
            while (total < buffer.Length)
            {
                var read = RandomAccess.Read(handle, buffer[total..], position + total);
                if (read == 0)
                {
                    break;
                }

                total += read;
            }

            return total;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.From($"read {buffer.Length} bytes at {position} from", Path, error);
        }
    }

    /// <inheritdoc />
    public void Sync()
    {
        var error = NativeCalls.SyncFile(handle);
        if (error != 0)
        {
            throw FileErrors.FromError("sync", Path, error, Marshal.GetPInvokeErrorMessage(error));
        }
    }

    /// <inheritdoc />
    public void Truncate(long length)
    {
        try
        {
            RandomAccess.SetLength(handle, length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.From($"cut to {length} bytes", Path, error);
        }
    }

    /// <inheritdoc />
    public void Dispose() => handle.Dispose();
}
