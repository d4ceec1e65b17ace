using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Tests.Commits;

/// <summary>
/// What handlers of the commit tests use: messages, a store, producers, a logger. Parts of the public surface that the abstractions do
/// not have yet are declared here, as SURFACE describes them, and give way to the real ones.
/// </summary>
internal static class Surface
{
    public const string Support = """
        [Message("m")] public partial record M([PartitionKey] int A, string Name = "", int[]? Items = null);
        [Message("n")] public partial record N([PartitionKey] int A);

        public interface ILogger
        {
            void Log(string text, params object?[] values);
        }

        public interface IStore
        {
            Task WorkAsync(M message);
            Task WorkAsync(M message, CancellationToken cancellationToken);
            Task OtherWorkAsync(M message);
            ValueTask ValueWorkAsync(M message);
            Task ItemAsync(int item);
            Task SaveChangesAsync();
            Task RefreshAsync();
            Task<bool> TryBookAsync(M message);
            Task<string> GetNameAsync(int id);
            Task<int> CountAsync();
            void Put(M message);
            bool Check();
            bool IsOpen { get; }
        }

        public interface IDeadLetters
        {
            Task PublishAsync(M message, Exception exception);
        }

        """;

    private static readonly (string Type, string Source)[] Missing =
    [
        ("Streams.AtMostOnceAttribute", """
            namespace Streams
            {
                [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
                public sealed class AtMostOnceAttribute(string reason) : Attribute { public string Reason => reason; }
            }
            """),
        ("Streams.BatchAttribute", """
            namespace Streams
            {
                public sealed class BatchAttribute(int size) : Attribute { public int Size => size; public string? Within { get; set; } }
            }
            """),
        ("Streams.MessageBatch`1", """
            namespace Streams
            {
                public sealed class MessageBatch<T> : IReadOnlyList<T>
                {
                    public int Count => throw null!;
                    public T this[int index] => throw null!;
                    public IEnumerator<T> GetEnumerator() => throw null!;
                    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw null!;
                }
            }
            """),
        ("Streams.BatchContext", """
            namespace Streams
            {
                public readonly struct BatchContext
                {
                    public string Topic => "";
                    public void Ack() { }
                    public ValueTask CommitAsync(CancellationToken cancellationToken = default) => default;
                    public ValueTask SkipAsync(string reason) => default;
                    public ValueTask DeadLetterAsync(Exception exception) => default;
                    public ValueTask RetryAsync(TimeSpan delay) => default;
                    public void AckThrough(int index) { }
                    public ValueTask CommitThroughAsync(int index, CancellationToken cancellationToken = default) => default;
                }
            }
            """),
    ];

    // An extension gives way to a member of the same name by itself.
    private const string MissingOutcomes = """
        namespace Streams
        {
            public static class MissingOutcomes
            {
                public static ValueTask DeadLetterAsync(this MessageContext context, Exception exception) => default;
                public static ValueTask RetryAsync(this MessageContext context, TimeSpan delay) => default;
            }
        }
        """;

    /// <summary>The support and what the compilation's references lack.</summary>
    public static string For(Compilation compilation)
        => Support + MissingOutcomes + string.Concat(Missing
            .Where(part => compilation.GetTypeByMetadataName(part.Type) is null)
            .Select(part => Environment.NewLine + part.Source));
}
