namespace Streams.Analyzers.Commits.Reading;

/// <summary>What a call in a handler matters for the message.</summary>
internal enum WorkKind
{
    /// <summary>Nothing: logging, telemetry, caches, text and numbers. It is taken not to fail.</summary>
    None,

    /// <summary>It may fail, but is not known to do what the handler is for.</summary>
    Other,

    /// <summary>It does something with the message that is lost if it fails.</summary>
    Work,
}
