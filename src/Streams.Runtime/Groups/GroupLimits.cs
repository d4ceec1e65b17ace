namespace Streams.Runtime.Groups;

/// <summary>The bounds of a group.</summary>
internal static class GroupLimits
{
    /// <summary>Calls of <c>On...</c> methods that may wait; beyond it commits nobody waits for are held back, and their values become one.</summary>
    public const int CallbacksMax = 16;

    /// <summary>How long cancelled handlers may still run before their partition goes without them (facts on commits 4.6).</summary>
    public static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(1);

    /// <summary>How long the final commit of a revocation or a stop may take; with drain and grace it stays below the rebalance timeout.</summary>
    public static readonly TimeSpan FinalCommitMax = TimeSpan.FromSeconds(5);

    /// <summary>Between two looks at a group whose other members this process does not see.</summary>
    public static readonly TimeSpan RecheckInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Before something failed at the broker is tried again; Kafka's <c>reconnect.backoff.max.ms</c>.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
}
