namespace Streams.Runtime.Processing;

/// <summary>A run of records that one runner walks through in order.</summary>
/// <param name="Entry">The block.</param>
/// <param name="Index">The record at hand.</param>
/// <param name="End">One past the last record taken.</param>
/// <param name="Ticket">The ticket of the record at hand; they follow each other.</param>
internal record struct RecordWalk(BlockEntry? Entry, int Index, int End, long Ticket);
