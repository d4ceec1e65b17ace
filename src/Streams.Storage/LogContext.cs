using Microsoft.Extensions.Logging;
using Streams.Storage.Files;
using Streams.Storage.Flushing;

namespace Streams.Storage;

/// <summary>What a log works with.</summary>
/// <param name="Files">The file system.</param>
/// <param name="Directory">The partition's folder.</param>
/// <param name="Time">The clock of retention and compaction.</param>
/// <param name="Flushes">The threads that sync.</param>
/// <param name="Checkpoints">Where its offsets are remembered.</param>
/// <param name="Logger">What it says goes there.</param>
internal sealed record LogContext(
    IFileSystem Files, string Directory, TimeProvider Time, FlushQueue Flushes, ILogCheckpoints Checkpoints, ILogger Logger);
