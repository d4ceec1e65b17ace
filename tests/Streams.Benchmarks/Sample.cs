using MessagePack;

namespace Streams.Benchmarks;

/// <summary>A message of about 100 bytes: an id as the key, a text, a number, an amount and a time.</summary>
[Message("samples", Partitions = 6)]
public sealed partial record Sample([PartitionKey] Guid Id, string Text, int Number, decimal Amount, DateTimeOffset At, long SentAt)
{
    private const string Words = "forty characters of text in every sample";

    /// <summary>Makes samples that all differ.</summary>
    public static Sample[] Many(int count) => [.. Enumerable.Range(0, count).Select(number => Create(number, 0))];

    /// <summary>Makes one sample.</summary>
    /// <param name="number">What makes it differ from others.</param>
    /// <param name="sentAt">A stopwatch's reading, or 0.</param>
    public static Sample Create(int number, long sentAt)
        => new(IdOf(number), Words, number, number / 100m, DateTimeOffset.UnixEpoch.AddSeconds(number), sentAt);

    private static Guid IdOf(int number) => new(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
}
