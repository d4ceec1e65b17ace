namespace Streams.Analyzers.Commits.Reading;

/// <summary>The types the commit rules know beside those that generators know, by full name.</summary>
internal static class WellKnownCommitNames
{
    public const string AtMostOnceAttribute = "Streams.AtMostOnceAttribute";
    public const string MessageBatch = "Streams.MessageBatch<T>";
    public const string RawRecord = "Streams.RawRecord";
    public const string Record = "Streams.Record<T>";
    public const string Producer = "Streams.IProducer<T>";
}
