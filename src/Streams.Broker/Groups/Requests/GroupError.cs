namespace Streams.Broker.Groups.Requests;

/// <summary>What the coordinator answers: Kafka's errors with Kafka's numbers, so that a wire handler can send them as they are.</summary>
internal enum GroupError : short
{
    /// <summary>UNKNOWN_SERVER_ERROR: the records could not be written.</summary>
    UnknownServerError = -1,

    /// <summary>NONE.</summary>
    None = 0,

    /// <summary>UNKNOWN_TOPIC_OR_PARTITION: an offset of a partition that does not exist.</summary>
    UnknownTopicOrPartition = 3,

    /// <summary>OFFSET_METADATA_TOO_LARGE: the text beside an offset is longer than 4,096 bytes.</summary>
    OffsetMetadataTooLarge = 12,

    /// <summary>COORDINATOR_LOAD_IN_PROGRESS: the coordinator is still reading its records.</summary>
    CoordinatorLoadInProgress = 14,

    /// <summary>COORDINATOR_NOT_AVAILABLE: the coordinator is stopped, or its queue is full.</summary>
    CoordinatorNotAvailable = 15,

    /// <summary>ILLEGAL_GENERATION: the group has moved on.</summary>
    IllegalGeneration = 22,

    /// <summary>INCONSISTENT_GROUP_PROTOCOL: nothing in common with the other members.</summary>
    InconsistentGroupProtocol = 23,

    /// <summary>INVALID_GROUP_ID: the group id is empty or too long.</summary>
    InvalidGroupId = 24,

    /// <summary>UNKNOWN_MEMBER_ID: the group does not know the member.</summary>
    UnknownMemberId = 25,

    /// <summary>INVALID_SESSION_TIMEOUT: outside the broker's bounds.</summary>
    InvalidSessionTimeout = 26,

    /// <summary>REBALANCE_IN_PROGRESS: join again.</summary>
    RebalanceInProgress = 27,

    /// <summary>KAFKA_STORAGE_ERROR: the disk failed or is full.</summary>
    StorageError = 56,

    /// <summary>NON_EMPTY_GROUP: only a group without members can be deleted.</summary>
    NonEmptyGroup = 68,

    /// <summary>GROUP_ID_NOT_FOUND: no such group.</summary>
    GroupIdNotFound = 69,

    /// <summary>MEMBER_ID_REQUIRED: join again with the member id of this answer (KIP-394).</summary>
    MemberIdRequired = 79,

    /// <summary>GROUP_MAX_SIZE_REACHED: the group takes no more members.</summary>
    GroupMaxSizeReached = 81,

    /// <summary>FENCED_INSTANCE_ID: another member has taken over the instance id (KIP-345).</summary>
    FencedInstanceId = 82,

    /// <summary>GROUP_SUBSCRIBED_TO_TOPIC: offsets of a topic the group consumes cannot be deleted.</summary>
    GroupSubscribedToTopic = 86,
}
