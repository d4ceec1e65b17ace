namespace Streams.Runtime.Commits;

/// <summary>Where the numbers of committing come from.</summary>
internal static class CommitDefaults
{
    /// <summary>Retries of a commit nobody waits for, before its value is left to the next trigger; Spring's <c>commitRetries</c>.</summary>
    public const int RetriesUnwaited = 3;

    /// <summary>The first wait before a retry; Kafka's <c>retry.backoff.ms</c>.</summary>
    public static readonly TimeSpan BackoffMin = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait before a retry; Kafka's <c>retry.backoff.max.ms</c>.</summary>
    public static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(1);

    /// <summary>How long one attempt may take; Kafka's <c>request.timeout.ms</c>.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);
}
