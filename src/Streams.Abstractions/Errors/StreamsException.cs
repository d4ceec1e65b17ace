namespace Streams;

/// <summary>The one exception type of Streams: text for people, <see cref="Code"/> for programs.</summary>
public class StreamsException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="StreamsException"/> class.</summary>
    /// <param name="message">What failed, with which value, at which bound, and what to do.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public StreamsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the code a program can act on.</summary>
    public StreamsErrorCode Code { get; init; }

    /// <summary>Gets a value indicating whether the same call may succeed later without any change.</summary>
    public bool IsRetriable => Code is StreamsErrorCode.Timeout or StreamsErrorCode.CoordinatorNotAvailable
        or StreamsErrorCode.CoordinatorLoadInProgress or StreamsErrorCode.RebalanceInProgress or StreamsErrorCode.BufferFull
        or StreamsErrorCode.NotLeader;
}
