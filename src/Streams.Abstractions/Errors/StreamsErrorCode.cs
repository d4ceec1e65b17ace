namespace Streams;

/// <summary>What went wrong, for programs. Values never change.</summary>
public enum StreamsErrorCode
{
    /// <summary>Nothing more precise is known.</summary>
    Unknown = 0,

    /// <summary>Configuration or declarations contradict each other.</summary>
    InvalidConfiguration = 1,

    /// <summary>A topic name holds a character or has a length that Kafka does not allow.</summary>
    InvalidTopic = 2,

    /// <summary>The topic or partition does not exist.</summary>
    UnknownTopicOrPartition = 3,

    /// <summary>The topic exists already.</summary>
    TopicAlreadyExists = 4,

    /// <summary>A partition count is outside its bounds, or differs from what exists.</summary>
    InvalidPartitions = 5,

    /// <summary>An offset is outside what the partition holds.</summary>
    OffsetOutOfRange = 6,

    /// <summary>The record or batch is larger than the topic allows.</summary>
    MessageTooLarge = 7,

    /// <summary>A record is invalid: no key on a compacted topic, for example.</summary>
    InvalidRecord = 8,

    /// <summary>The bytes of a payload cannot be read.</summary>
    MalformedPayload = 9,

    /// <summary>A record names a message type that this process does not know.</summary>
    UnknownMessageType = 10,

    /// <summary>Stored bytes are damaged.</summary>
    Corrupt = 11,

    /// <summary>The producer's buffer is full; nothing was queued.</summary>
    BufferFull = 12,

    /// <summary>The time allowed for the call is over; it may or may not have taken effect.</summary>
    Timeout = 13,

    /// <summary>The data directory is used by another process.</summary>
    DirectoryInUse = 14,

    /// <summary>The data directory cannot be written.</summary>
    ReadOnlyDirectory = 15,

    /// <summary>The disk is full.</summary>
    DiskFull = 16,

    /// <summary>Storage failed; the log takes nothing until it is reopened.</summary>
    StorageFailed = 17,

    /// <summary>The group's coordinator is not there yet.</summary>
    CoordinatorNotAvailable = 18,

    /// <summary>The group's coordinator is still reading its state.</summary>
    CoordinatorLoadInProgress = 19,

    /// <summary>The group is rebalancing.</summary>
    RebalanceInProgress = 20,

    /// <summary>The group has moved on to another generation.</summary>
    IllegalGeneration = 21,

    /// <summary>The group does not know the member.</summary>
    UnknownMember = 22,

    /// <summary>Another member with the same instance id has taken over.</summary>
    FencedInstance = 23,

    /// <summary>The partition is not assigned to this process, or no longer.</summary>
    LeaseLost = 24,

    /// <summary>The producer's sequence does not continue the one the broker knows.</summary>
    OutOfOrderSequence = 25,

    /// <summary>A newer producer with the same id has taken over.</summary>
    ProducerFenced = 26,

    /// <summary>The object is closed or its host is stopping.</summary>
    Closed = 27,

    /// <summary>The context belongs to a record that is done.</summary>
    ContextExpired = 28,

    /// <summary>The call is not allowed here: under this commit policy, for example.</summary>
    NotAllowed = 29,

    /// <summary>The group is not known here.</summary>
    UnknownGroup = 30,

    /// <summary>A group cannot be changed while it has members.</summary>
    NonEmptyGroup = 31,

    /// <summary>The members of a group share no assignor.</summary>
    InconsistentGroupProtocol = 32,

    /// <summary>The group id is empty or holds a character a topic may not hold.</summary>
    InvalidGroupId = 33,

    /// <summary>The session timeout is outside its bounds.</summary>
    InvalidSessionTimeout = 34,

    /// <summary>The metadata of a committed offset is larger than 4,096 bytes.</summary>
    OffsetMetadataTooLarge = 35,

    /// <summary>The partition is led elsewhere.</summary>
    NotLeader = 36,

    /// <summary>A group has no committed offset and is told to fail then.</summary>
    NoCommittedOffset = 37,
}
