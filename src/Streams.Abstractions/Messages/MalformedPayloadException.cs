namespace Streams;

/// <summary>Bytes that cannot be read as the message they claim to be. Whatever goes wrong while reading, it is always this type.</summary>
public sealed class MalformedPayloadException : StreamsException
{
    /// <summary>Initializes a new instance of the <see cref="MalformedPayloadException"/> class.</summary>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="memberPath">The member being read, such as <c>OrderPlaced.Lines[3].Price</c>.</param>
    /// <param name="position">The byte of the payload, counted from 0, at which reading stopped: the first of the value or just behind its type.</param>
    /// <param name="innerException">What the reader threw.</param>
    public MalformedPayloadException(string message, string memberPath, long position, Exception? innerException = null)
        : base($"The payload cannot be read: {message} Member '{memberPath}', byte {position}.", innerException)
    {
        Code = StreamsErrorCode.MalformedPayload;
        MemberPath = memberPath;
        Position = position;
    }

    /// <summary>Gets the member being read.</summary>
    public string MemberPath { get; }

    /// <summary>Gets the byte position in the payload, counted from 0.</summary>
    public long Position { get; }
}
