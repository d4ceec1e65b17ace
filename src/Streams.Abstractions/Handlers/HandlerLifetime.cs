namespace Streams;

/// <summary>How long an instance of a handler lives.</summary>
public enum HandlerLifetime
{
    /// <summary>One instance, in a service scope of its own, per attempt at a record. The default.</summary>
    Scoped,

    /// <summary>One instance for the host; it must be thread-safe where records are handled concurrently.</summary>
    Singleton,
}
