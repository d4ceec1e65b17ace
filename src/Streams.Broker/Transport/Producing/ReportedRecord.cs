namespace Streams.Broker.Transport.Producing;

/// <summary>One record of a batch that somebody wants a report of.</summary>
/// <param name="Report">What to call.</param>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Timestamp">Its timestamp.</param>
internal readonly record struct ReportedRecord(Action<ProduceReport> Report, int Index, long Timestamp);
