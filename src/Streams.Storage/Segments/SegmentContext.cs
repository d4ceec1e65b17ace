using Microsoft.Extensions.Logging;
using Streams.Storage.Files;

namespace Streams.Storage.Segments;

/// <summary>What the segments of one log work with.</summary>
/// <param name="Files">The file system.</param>
/// <param name="Directory">The partition's folder.</param>
/// <param name="IndexIntervalBytes">How many bytes lie between two index entries.</param>
/// <param name="Logger">What they say goes there.</param>
internal sealed record SegmentContext(IFileSystem Files, string Directory, int IndexIntervalBytes, ILogger Logger)
{
    /// <summary>Returns the path of a segment's file.</summary>
    public string PathOf(long baseOffset, string suffix) => FilePath.Join(Directory, SegmentFiles.Name(baseOffset, suffix));
}
