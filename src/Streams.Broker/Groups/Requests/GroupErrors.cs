namespace Streams.Broker.Groups.Requests;

/// <summary>The coordinator's answers as Streams tells them to programs.</summary>
internal static class GroupErrors
{
    /// <summary>Returns the code of an answer.</summary>
    public static StreamsErrorCode ToCode(this GroupError error) => error switch
    {
        GroupError.UnknownTopicOrPartition => StreamsErrorCode.UnknownTopicOrPartition,
        GroupError.OffsetMetadataTooLarge => StreamsErrorCode.OffsetMetadataTooLarge,
        GroupError.CoordinatorLoadInProgress => StreamsErrorCode.CoordinatorLoadInProgress,
        GroupError.CoordinatorNotAvailable => StreamsErrorCode.CoordinatorNotAvailable,
        GroupError.IllegalGeneration => StreamsErrorCode.IllegalGeneration,
        GroupError.InconsistentGroupProtocol => StreamsErrorCode.InconsistentGroupProtocol,
        GroupError.InvalidGroupId => StreamsErrorCode.InvalidGroupId,
        GroupError.UnknownMemberId => StreamsErrorCode.UnknownMember,
        GroupError.InvalidSessionTimeout => StreamsErrorCode.InvalidSessionTimeout,
        GroupError.RebalanceInProgress => StreamsErrorCode.RebalanceInProgress,
        GroupError.StorageError => StreamsErrorCode.StorageFailed,
        GroupError.NonEmptyGroup or GroupError.GroupSubscribedToTopic => StreamsErrorCode.NonEmptyGroup,
        GroupError.GroupIdNotFound => StreamsErrorCode.UnknownGroup,
        GroupError.MemberIdRequired => StreamsErrorCode.UnknownMember,
        GroupError.GroupMaxSizeReached => StreamsErrorCode.NotAllowed,
        GroupError.FencedInstanceId => StreamsErrorCode.FencedInstance,
        _ => StreamsErrorCode.Unknown,
    };

    /// <summary>Returns whether the same request may succeed later without any change.</summary>
    public static bool IsRetriable(this GroupError error)
        => error is GroupError.CoordinatorLoadInProgress or GroupError.CoordinatorNotAvailable;
}
