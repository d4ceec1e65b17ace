namespace Streams;

/// <summary>The names of the headers that Streams writes.</summary>
public static class StreamsHeaders
{
    /// <summary>The wire name of the message type.</summary>
    public const string Type = "streams-type";
}
