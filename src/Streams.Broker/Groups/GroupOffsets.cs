using System.Text;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Groups;

/// <summary>Committed offsets: who may commit, and when they end. Runs in the shard's queue.</summary>
/// <param name="shard">The shard.</param>
internal sealed class GroupOffsets(CoordinatorShard shard)
{
    /// <summary>Takes a commit.</summary>
    /// <param name="request">The request.</param>
    /// <param name="partitionCount">Tells how many partitions a topic has.</param>
    /// <param name="answer">Whom to answer.</param>
    public void Commit(OffsetCommitRequest request, Func<string, int?> partitionCount, TaskCompletionSource<OffsetCommitAnswer> answer)
    {
        var group = shard.Find(request.GroupId);
        var error = Check(group, request);
        if (error != GroupError.None)
        {
            answer.TrySetResult(All(request, error));
            return;
        }

        group ??= shard.GetOrAdd(request.GroupId);
        if (group.Find(request.MemberId) is { } member)
        {
            // A commit is a sign of life.
            shard.Sessions.Touch(group, member);
        }

        var errors = new GroupError[request.Offsets.Count];
        var records = new List<StoredRecord>(errors.Length);
        var partitions = new List<TopicPartition>(errors.Length);
        var now = shard.Now;
        for (var index = 0; index < errors.Length; index++)
        {
            var offset = request.Offsets[index];
            errors[index] = Check(offset, partitionCount);
            if (errors[index] == GroupError.None)
            {
                long? expires = request.Retention is { } retention ? now + (long)retention.TotalMilliseconds : null;
                var stored = new CommittedOffset(offset.Offset, offset.LeaderEpoch, offset.Metadata, now, expires);
                records.Add(StoredRecords.OfOffset(group.GroupId, offset.Partition, stored));
                partitions.Add(offset.Partition);
            }
        }

        if (records.Count == 0)
        {
            answer.TrySetResult(new OffsetCommitAnswer(errors));
            return;
        }

        Write(group, partitions, records, failure =>
        {
            for (var index = 0; index < errors.Length; index++)
            {
                errors[index] = errors[index] == GroupError.None ? failure : errors[index];
            }

            answer.TrySetResult(new OffsetCommitAnswer(errors));
        });
    }

    /// <summary>Deletes a group without members.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="answer">Whom to answer.</param>
    public void DeleteGroup(string groupId, TaskCompletionSource<GroupError> answer)
    {
        var group = shard.Find(groupId);
        if (group is null)
        {
            answer.TrySetResult(GroupError.GroupIdNotFound);
        }
        else if (group.State != GroupState.Empty)
        {
            answer.TrySetResult(GroupError.NonEmptyGroup);
        }
        else
        {
            var records = KnownOffsets(group).Select(partition => StoredRecords.OffsetTombstone(groupId, partition)).ToList();
            records.Add(StoredRecords.GroupTombstone(groupId));
            shard.Forget(group);
            GroupCoordinatorLog.GroupDeleted(shard.Logger, groupId, "somebody asked for it");
            shard.Write(records, error => answer.TrySetResult(error));
        }
    }

    /// <summary>Deletes committed offsets, but for those of topics that members consume.</summary>
    /// <param name="groupId">The group.</param>
    /// <param name="partitions">The partitions.</param>
    /// <param name="answer">Whom to answer.</param>
    public void Delete(string groupId, IReadOnlyList<TopicPartition> partitions, TaskCompletionSource<IReadOnlyList<GroupError>> answer)
    {
        var group = shard.Find(groupId);
        if (group is null || (group.State != GroupState.Empty && !group.IsConsumerGroup))
        {
            var error = group is null ? GroupError.GroupIdNotFound : GroupError.NonEmptyGroup;
            answer.TrySetResult([.. partitions.Select(_ => error)]);
            return;
        }

        var subscribed = SubscribedTopics(group);
        var known = KnownOffsets(group);
        var errors = new GroupError[partitions.Count];
        var doomed = new List<TopicPartition>();
        for (var index = 0; index < errors.Length; index++)
        {
            if (subscribed.Contains(partitions[index].Topic))
            {
                errors[index] = GroupError.GroupSubscribedToTopic;
            }
            else if (known.Contains(partitions[index]))
            {
                doomed.Add(partitions[index]);
            }
        }

        WriteTombstones(group, doomed, failure => answer.TrySetResult(
            [.. errors.Select((error, index) => error == GroupError.None && doomed.Contains(partitions[index]) ? failure : error)]));
    }

    /// <summary>Deletes the committed offsets of a topic that is gone.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="answer">Takes how many there were.</param>
    public void DeleteTopic(string topic, TaskCompletionSource<int> answer)
        => ForEachGroup(answer, (group, done) =>
        {
            var doomed = KnownOffsets(group).Where(partition => partition.Topic == topic).ToList();
            WriteTombstones(group, doomed, error => done(error == GroupError.None ? doomed.Count : 0));
        });

    /// <summary>Deletes what has expired.</summary>
    /// <param name="answer">Takes how many offsets.</param>
    public void Expire(TaskCompletionSource<int> answer)
        => ForEachGroup(answer, (group, done) =>
        {
            var expired = ExpiredOffsets(group);
            if (expired.Count > 0)
            {
                GroupCoordinatorLog.OffsetsExpired(shard.Logger, group.GroupId, expired.Count);
            }

            WriteTombstones(group, expired, error =>
            {
                ForgetIfUnused(group);
                done(error == GroupError.None ? expired.Count : 0);
            });
        });

    /// <summary>Sets committed offsets above the end of a recovered partition back to it.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="end">Its end.</param>
    /// <param name="answer">Takes how many there were.</param>
    public void ResetAbove(TopicPartition partition, long end, TaskCompletionSource<int> answer)
        => ForEachGroup(answer, (group, done) =>
        {
            if (shard.Records.Find(group.GroupId)?.Offsets.GetValueOrDefault(partition) is not { } committed || committed.Offset <= end)
            {
                done(0);
                return;
            }

            GroupCoordinatorLog.OffsetReset(shard.Logger, group.GroupId, partition, committed.Offset, end);
            var record = StoredRecords.OfOffset(group.GroupId, partition, committed with { Offset = end });
            Write(group, [partition], [record], error => Answer(error, 1, done, answer));
        });

    /// <summary>Returns the topics the members subscribe to: none for an empty group.</summary>
    /// <param name="group">The group.</param>
    public HashSet<string> SubscribedTopics(ClassicGroup group)
    {
        var topics = new HashSet<string>(StringComparer.Ordinal);
        if (group.IsConsumerGroup)
        {
            foreach (var member in group.Members)
            {
                var protocol = group.Protocol ?? member.Protocols[0].Name;
                topics.UnionWith(ConsumerBlobs.Topics(member.MetadataFor(protocol), group.GroupId, shard.Logger));
            }
        }

        return topics;
    }

    private static void Answer(GroupError error, int count, Action<int> done, TaskCompletionSource<int> answer)
    {
        if (error == GroupError.None)
        {
            done(count);
        }
        else
        {
            answer.TrySetException(new StreamsException(
                "Committed offsets above the end of a recovered partition could not be set back: __consumer_offsets takes no records. "
                + "Nothing may be produced to that partition before; look at the disk and restart.")
            {
                Code = error.ToCode(),
            });
        }
    }

    private static OffsetCommitAnswer All(OffsetCommitRequest request, GroupError error) => new([.. request.Offsets.Select(_ => error)]);

    private static GroupError Check(ClassicGroup? group, OffsetCommitRequest request)
    {
        var isOutside = request.GenerationId < 0;
        if (group is null)
        {
            // Kafka answers GROUP_ID_NOT_FOUND from OffsetCommit v9 on and this before; consumers act on both alike.
            return isOutside ? GroupError.None : GroupError.IllegalGeneration;
        }

        if (isOutside && group.State == GroupState.Empty)
        {
            return GroupError.None;
        }

        if (isOutside && request.MemberId.Length == 0 && request.GroupInstanceId is null)
        {
            return GroupError.UnknownMemberId;
        }

        var error = group.Check(request.MemberId, request.GroupInstanceId);
        return error != GroupError.None ? error
            : request.GenerationId != group.Generation ? GroupError.IllegalGeneration
            : group.State == GroupState.CompletingRebalance ? GroupError.RebalanceInProgress
            : GroupError.None;
    }

    private static GroupError Check(PartitionOffset offset, Func<string, int?> partitionCount)
        => partitionCount(offset.Partition.Topic) is not { } count || offset.Partition.Partition < 0 || offset.Partition.Partition >= count
            ? GroupError.UnknownTopicOrPartition
            : Encoding.UTF8.GetByteCount(offset.Metadata) > GroupCoordinatorLimits.OffsetMetadataBytesMax
                ? GroupError.OffsetMetadataTooLarge
                : GroupError.None;

    private void Write(
        ClassicGroup group,
        IReadOnlyList<TopicPartition> partitions,
        IReadOnlyList<StoredRecord> records,
        Action<GroupError> settled)
    {
        foreach (var partition in partitions)
        {
            group.OffsetsInFlight[partition] = group.OffsetsInFlight.GetValueOrDefault(partition) + 1;
        }

        shard.Write(records, error =>
        {
            foreach (var partition in partitions)
            {
                var left = group.OffsetsInFlight[partition] - 1;
                if (left == 0)
                {
                    group.OffsetsInFlight.Remove(partition);
                }
                else
                {
                    group.OffsetsInFlight[partition] = left;
                }
            }

            settled(error);
        });
    }

    private void WriteTombstones(ClassicGroup group, List<TopicPartition> partitions, Action<GroupError> settled)
    {
        if (partitions.Count == 0)
        {
            settled(GroupError.None);
            return;
        }

        Write(group, partitions, [.. partitions.Select(partition => StoredRecords.OffsetTombstone(group.GroupId, partition))], settled);
    }

    private HashSet<TopicPartition> KnownOffsets(ClassicGroup group)
    {
        var known = new HashSet<TopicPartition>(group.OffsetsInFlight.Keys);
        if (shard.Records.Find(group.GroupId) is { } records)
        {
            known.UnionWith(records.Offsets.Keys);
        }

        return known;
    }

    // Empty: since the group became empty (since the commit, where that is not known). With members: only topics nobody subscribes to any
    // more, since the commit. Without group management: since the commit.
    private List<TopicPartition> ExpiredOffsets(ClassicGroup group)
    {
        var records = shard.Records.Find(group.GroupId);
        if (records is null
            || group.State is GroupState.PreparingRebalance or GroupState.CompletingRebalance
            || (group.State == GroupState.Stable && !group.IsConsumerGroup))
        {
            return [];
        }

        var now = shard.Now;
        var retention = (long)shard.Options.OffsetsRetention.TotalMilliseconds;
        var isEmptySince = group.State == GroupState.Empty && records.Group is { StateTimestamp: >= 0 };
        var since = isEmptySince ? records.Group!.StateTimestamp : (long?)null;
        var subscribed = SubscribedTopics(group);
        return [.. records.Offsets
            .Where(offset => !subscribed.Contains(offset.Key.Topic) && !group.OffsetsInFlight.ContainsKey(offset.Key))
            .Where(offset => offset.Value.ExpireTimestamp is { } expires
                ? now >= expires
                : now - (since ?? offset.Value.CommitTimestamp) >= retention)
            .Select(offset => offset.Key)];
    }

    private void ForgetIfUnused(ClassicGroup group)
    {
        var records = shard.Records.Find(group.GroupId);
        if (group.State != GroupState.Empty
            || group.PendingMembers.Count > 0
            || group.OffsetsInFlight.Count > 0
            || records is { Offsets.IsEmpty: false })
        {
            return;
        }

        shard.Forget(group);
        GroupCoordinatorLog.GroupDeleted(shard.Logger, group.GroupId, "it has neither members nor committed offsets");
        if (group.Generation > 0)
        {
            shard.Write([StoredRecords.GroupTombstone(group.GroupId)], static _ => { });
        }
    }

    private void ForEachGroup(TaskCompletionSource<int> answer, Action<ClassicGroup, Action<int>> run)
    {
        var groups = shard.Groups.ToArray();
        var left = groups.Length;
        var total = 0;
        if (left == 0)
        {
            answer.TrySetResult(0);
        }

        foreach (var group in groups)
        {
            run(group, count =>
            {
                total += count;
                left--;
                if (left == 0)
                {
                    answer.TrySetResult(total);
                }
            });
        }
    }
}
