namespace Streams.Storage.Files;

/// <summary>
/// One open file with explicit positions and no cursor. Reads are thread-safe, also beside a write to another range; writes, truncation
/// and disposal are the owner's to serialise. Errors as in <see cref="IFileSystem"/>.
/// </summary>
internal interface ILogFile : IDisposable
{
    /// <summary>Gets the path it was opened with.</summary>
    string Path { get; }

    /// <summary>Gets the length in bytes, asked from the file system.</summary>
    long Length { get; }

    /// <summary>Writes all bytes at a position; the file grows as needed. After an error any part of them may have been written.</summary>
    void Write(ReadOnlySpan<byte> bytes, long position);

    /// <summary>Reads until the buffer is full or the file ends; returns how many bytes were read.</summary>
    int Read(Span<byte> buffer, long position);

    /// <summary>Makes everything written so far durable, with the length. An error means that bytes may be lost for good: never retry.</summary>
    void Sync();

    /// <summary>Cuts the file.</summary>
    void Truncate(long length);
}
