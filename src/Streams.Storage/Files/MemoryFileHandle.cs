namespace Streams.Storage.Files;

/// <summary>One opening of a file in memory.</summary>
internal sealed class MemoryFileHandle(string path, MemoryFile file, bool writable) : ILogFile
{
    private bool _disposed;

    /// <inheritdoc />
    public string Path { get; } = path;

    /// <inheritdoc />
    public long Length => Opened().Length;

    /// <inheritdoc />
    public void Write(ReadOnlySpan<byte> bytes, long position) => Writable().Write(bytes, position);

    /// <inheritdoc />
    public int Read(Span<byte> buffer, long position) => Opened().Read(buffer, position);

    /// <inheritdoc />
    public void Sync() => Opened();

    /// <inheritdoc />
    public void Truncate(long length) => Writable().Truncate(length);

    /// <inheritdoc />
    public void Dispose() => _disposed = true;

    private MemoryFile Opened()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return file;
    }

    private MemoryFile Writable()
    {
        Invariant.Holds(writable, "Nobody writes to a file that was opened for reading.");
        return Opened();
    }
}
