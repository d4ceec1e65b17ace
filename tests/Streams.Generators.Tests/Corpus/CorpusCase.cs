using System.Buffers;
using MessagePack;
using MessagePack.Resolvers;

namespace Streams.Generators.Tests.Corpus;

/// <summary>What a test may ask of one type of the corpus, without knowing the type.</summary>
internal abstract class CorpusCase
{
    public static readonly MessagePackSerializerOptions Oracle =
        MessagePackSerializerOptions.Standard.WithResolver(StandardResolver.Instance);

    /// <summary>Gets every message of the corpus, found by what the generator registered.</summary>
    public static IReadOnlyDictionary<string, CorpusCase> All { get; } = Find();

    /// <summary>Gets the names of those whose shape is what they test; the others are generated, see <see cref="CorpusSource"/>.</summary>
    public static IEnumerable<string> Shapes
        => All.Where(pair => pair.Value.Type.Assembly == typeof(CorpusCase).Assembly).Select(pair => pair.Key);

    public abstract Type Type { get; }

    public abstract object Create(Random random, int nullsPerHundred = 12);

    public abstract byte[] Write(object value);

    public abstract object Read(ReadOnlyMemory<byte> payload);

    public abstract byte[] OracleWrite(object value);

    public abstract object OracleRead(byte[] payload);

    /// <summary>Returns how many bytes a repeated write allocates.</summary>
    public abstract long AllocatedByWrite(object value);

    private static Dictionary<string, CorpusCase> Find()
    {
        var catalog = new StreamsCatalog();
        new StreamsBuilder(new Microsoft.Extensions.DependencyInjection.ServiceCollection(), catalog).AddMessages();
        return catalog.Messages
            .Where(message => message.Topic == "corpus")
            .ToDictionary(
                message => message.Type.Name,
                message => (CorpusCase)Activator.CreateInstance(typeof(CorpusCase<>).MakeGenericType(message.Type))!,
                StringComparer.Ordinal);
    }
}

/// <inheritdoc />
internal sealed class CorpusCase<T> : CorpusCase
    where T : IMessage<T>
{
    public override Type Type => typeof(T);

    public override object Create(Random random, int nullsPerHundred = 12) => new RandomValues(random, nullsPerHundred).Create(typeof(T))!;

    public override byte[] Write(object value) => MessagePayload.Serialize((T)value);

    public override object Read(ReadOnlyMemory<byte> payload) => MessagePayload.Deserialize<T>(payload);

    public override byte[] OracleWrite(object value) => MessagePackSerializer.Serialize((T)value, Oracle);

    public override object OracleRead(byte[] payload) => MessagePackSerializer.Deserialize<T>(payload, Oracle)!;

    public override long AllocatedByWrite(object value)
    {
        var message = (T)value;
        var output = new ArrayBufferWriter<byte>(1 << 20);
        T.WritePayload(message, output);

        // The runtime itself may allocate on this thread while it compiles: what counts is that a write can do without.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            output.ResetWrittenCount();
            var before = GC.GetAllocatedBytesForCurrentThread();
            T.WritePayload(message, output);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
