using System.Buffers;

namespace Streams.Broker.Topics;

/// <summary>Kafka's rules for topic names.</summary>
internal static class TopicNames
{
    /// <summary>Where committed offsets and groups are kept.</summary>
    public const string ConsumerOffsets = "__consumer_offsets";

    /// <summary>Where transactions are kept.</summary>
    public const string TransactionState = "__transaction_state";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Whether the broker keeps the name for itself.</summary>
    public static bool IsInternal(string name) => name is ConsumerOffsets or TransactionState;

    /// <summary>Whether two names differ at most in dots and underscores, which metric names cannot tell apart.</summary>
    public static bool Collide(string one, string other)
        => one.Length == other.Length && one.Replace('.', '_') == other.Replace('.', '_');

    /// <summary>Refuses a name that Kafka would refuse.</summary>
    /// <exception cref="StreamsException">InvalidTopic.</exception>
    public static void Check(string name)
    {
        if (FindFault(name) is { } fault)
        {
            throw new StreamsException($"Topic name '{name}' is not allowed: {fault}") { Code = StreamsErrorCode.InvalidTopic };
        }
    }

    private static string? FindFault(string name)
    {
        if (name.Length is 0 or > TopicLimits.NameLengthMax)
        {
            return $"it has {name.Length} characters, allowed are 1 to {TopicLimits.NameLengthMax}.";
        }

        if (name is "." or "..")
        {
            return "'.' and '..' name folders.";
        }

        var illegal = name.AsSpan().IndexOfAnyExcept(Allowed);
        return illegal < 0
            ? null
            : $"the character '{name[illegal]}' at position {illegal} is none of letters a-z and A-Z, digits, '.', '_' and '-'.";
    }
}
