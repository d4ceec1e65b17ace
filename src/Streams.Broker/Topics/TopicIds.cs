using System.Buffers.Text;

namespace Streams.Broker.Topics;

/// <summary>Topic ids as Kafka writes them: the 16 bytes in network order, as base64 for addresses, without padding.</summary>
internal static class TopicIds
{
    private const int Size = 16;

    public static string Format(Guid id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string text, out Guid id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        id = Guid.Empty;
        if (!Base64Url.IsValid(text, out var length) || length != Size || Base64Url.DecodeFromChars(text, bytes) != Size)
        {
            return false;
        }

        id = new Guid(bytes, bigEndian: true);
        return true;
    }

    /// <summary>Makes an id; like Kafka never one whose text begins with a hyphen, which command lines would take for an option.</summary>
    public static Guid Create(Func<Guid> newId)
    {
        Guid id;
        do
        {
            id = newId();
        }
        while (Format(id)[0] == '-');

        return id;
    }
}
