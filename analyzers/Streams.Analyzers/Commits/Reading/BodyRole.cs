namespace Streams.Analyzers.Commits.Reading;

/// <summary>What a method is to a consumer group.</summary>
internal enum BodyRole
{
    /// <summary>The runtime calls it with a message.</summary>
    Handler,

    /// <summary>A method of a handler class that its handlers call.</summary>
    Helper,

    /// <summary>A method of another class that takes a context; whose group it works for is unknown.</summary>
    Stranger,
}
