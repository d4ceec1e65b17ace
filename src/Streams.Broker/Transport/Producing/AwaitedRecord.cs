using System.Threading.Tasks.Sources;

namespace Streams.Broker.Transport.Producing;

/// <summary>One record of a batch that somebody awaits: a slot of a <see cref="BatchAcknowledgement"/>, which never moves in memory.</summary>
internal struct AwaitedRecord
{
    /// <summary>Completed with the record's offset.</summary>
    public ManualResetValueTaskSourceCore<long> Source;

    /// <summary>The record's timestamp.</summary>
    public long Timestamp;

    /// <summary>The record's place in its batch.</summary>
    public int Index;

    /// <summary>The generation, and in the two lowest bits whether it is pending, completed or consumed: changed by compare-and-swap, so that exactly
    /// one of acknowledgement and cancellation completes it, also where a late cancellation meets the slot's next user.</summary>
    public long State;

    /// <summary>Ends the waiting when the caller cancels.</summary>
    public CancellationTokenRegistration Registration;

    /// <summary>What the registration calls; reused with the slot.</summary>
    public AwaitedCancellation? Cancellation;
}
