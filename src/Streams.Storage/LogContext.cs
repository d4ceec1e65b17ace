using Streams.Storage.Flushing;
using Streams.Storage.Segments;

namespace Streams.Storage;

/// <summary>What a log works with.</summary>
/// <param name="Segments">What its segments work with: file system, folder, logger.</param>
/// <param name="Time">The clock of retention and compaction.</param>
/// <param name="Flushes">The threads that sync.</param>
/// <param name="Checkpoints">Where its offsets are remembered.</param>
internal sealed record LogContext(SegmentContext Segments, TimeProvider Time, FlushQueue Flushes, ILogCheckpoints Checkpoints);
