namespace Streams.Analyzers.Commits;

/// <summary>What the end of a followed body means.</summary>
internal enum BodyMode
{
    /// <summary>The end of a handler: the runtime takes it for done, or misses an outcome.</summary>
    Handler,

    /// <summary>The end of a helper or an async lambda that tells its caller nothing.</summary>
    TellsNothing,

    /// <summary>The end means nothing by itself.</summary>
    Inner,
}
