using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>What a group does with each answer to a commit. None of them is a failure of a handler.</summary>
public sealed class CommitFailureTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(StreamsErrorCode.Timeout)]
    [InlineData(StreamsErrorCode.CoordinatorNotAvailable)]
    [InlineData(StreamsErrorCode.CoordinatorLoadInProgress)]
    [InlineData(StreamsErrorCode.RebalanceInProgress)]
    [InlineData(StreamsErrorCode.NotLeader)]
    public void Commit_WhenRefusedForNow_IsSentAgain(StreamsErrorCode code)
    {
        var group = Start().Add(P0, 1).Assign(P0);
        group.Member.Refuse(code);

        group.Advance(Interval).Advance(Second);

        Assert.Equal([1, 1], group.Member.Commits.Select(commit => commit[P0]));
        Assert.Equal(1, group.Committed(P0));
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
    }

    [Fact]
    public void Commit_WhenRefusedForNow_WaitsLongerEachTime()
    {
        var group = Start(one => one with { Commit = CommitPolicy.Sync }).Add(P0, 1);
        group.Member.Refuse(StreamsErrorCode.Timeout, times: 20);
        group.Assign(P0);
        var waits = new List<int>();
        for (var (millisecond, last) = (0, 0); group.Member.Commits.Count < 12; millisecond += 10)
        {
            var before = group.Member.Commits.Count;
            group.Advance(TimeSpan.FromMilliseconds(10));
            if (group.Member.Commits.Count > before)
            {
                waits.Add(millisecond - last);
                last = millisecond;
            }
        }

        Assert.InRange(waits[0], 40, 100);
        Assert.InRange(waits[1], 90, 210);
        Assert.InRange(waits[^1], 490, 1010);
        Assert.All(waits, wait => Assert.InRange(wait, 0, 1010));
    }

    [Theory]
    [InlineData(StreamsErrorCode.IllegalGeneration)]
    [InlineData(StreamsErrorCode.UnknownMember)]
    [InlineData(StreamsErrorCode.FencedInstance)]
    public void Commit_WhenTheGroupWentOnWithoutThisMember_GivesUpEveryLeaseAndCommitsNothingMore(StreamsErrorCode code)
    {
        var group = Start(one => one with { Order = ProcessingOrder.Unordered, Concurrency = 4 }).Hold();
        group.Add(P0, 2).Add(P1, 2).Assign(P0, P1).Return(0, P0);
        group.Member.Refuse(code);

        group.Advance(Interval);
        Assert.Contains($"lost {P0},{P1}", group.Handler.Events);
        Assert.All(group.Handler.Open, call => Assert.True(call.Token.IsCancellationRequested));

        group.Return(1, P0).Return(0, P1).Return(1, P1).Advance(Interval * 2);
        Assert.Single(group.Member.Commits);
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
    }

    // The answer of a life before: the member was thrown out, joined anew and has leases again, and only now the refusal of its old commit
    // arrives. The transport knows nothing of a loss now, and would never assign again what the runtime gives up here.
    [Fact]
    public void Commit_WhenTheRefusalIsAboutLeasesThatHaveEnded_KeepsTheLeasesOfNow()
    {
        var group = Start().Add(P0, 2).Assign(P0);
        group.Member.HoldsCommits = true;
        group.Advance(Interval);
        group.Member.Lose(P0);
        group.Hold().Assign(P0);

        group.Member.AnswerCommits(new("Old.") { Code = StreamsErrorCode.UnknownMember });
        group.Member.HoldsCommits = false;
        group.Pump().Return(0).Return(1).Advance(Interval);

        Assert.Equal(2, group.Committed(P0));
    }

    // One lease of several has ended under the commit, as when a revocation waited no longer for it. The others are still this member's.
    [Fact]
    public void Commit_WhenOneLeaseOfSeveralHasEnded_IsSentAgainWithoutIt()
    {
        var group = Start().Add(P0, 1).Add(P1, 1).Assign(P0, P1);
        group.Member.HoldsCommits = true;
        group.Advance(Interval);
        group.Member.Lose(P1);
        group.Pump();
        group.Member.AnswerCommits(new("Ended.") { Code = StreamsErrorCode.LeaseLost });
        group.Member.HoldsCommits = false;

        group.Advance(Second);

        Assert.Equal((1L, null), (group.Committed(P0), group.Committed(P1)));
        Assert.DoesNotContain(group.Handler.Events, what => what.Contains($"lost {P0}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CommitPolicy.Auto)]
    [InlineData(CommitPolicy.Sync)]
    [InlineData(CommitPolicy.Async)]
    public void Commit_WhenRefusedForGood_StopsTheGroupAndSaysWhatToDo(CommitPolicy policy)
    {
        var group = Start(one => one with { Commit = policy }).Add(P0, 2);
        group.Member.Refuse(StreamsErrorCode.StorageFailed);
        group.Assign(P0).Advance(Interval).Add(P0, 2).Advance(Interval * 2);

        Assert.Equal(GroupStatus.Failed, group.Group.Health.Status);
        Assert.Equal(StreamsErrorCode.StorageFailed, group.Group.Health.Failure!.Code);
        Assert.Single(group.Member.Commits);
        Assert.True(group.Member.HasLeft);
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("restart the host", StringComparison.Ordinal));
        Assert.DoesNotContain(group.Handler.Calls, call => call.Offset > 1);
    }

    [Fact]
    public void Commit_WhenTheTransportThrowsSomethingElse_StopsTheGroup()
    {
        var group = Start().Add(P0, 1).Assign(P0);
        group.Member.BeforeCommit = () => throw new InvalidOperationException("A bug.");

        group.Advance(Interval);

        Assert.Equal(GroupStatus.Failed, group.Group.Health.Status);
        Assert.Contains("A bug.", group.Group.Health.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Commit_WithoutAnAnswer_IsGivenUpAfterItsTimeAndSentAgain()
    {
        var group = Start().Add(P0, 1).Assign(P0);
        group.Member.HoldsCommits = true;
        group.Advance(Interval).Advance(TimeSpan.FromSeconds(30));
        group.Member.HoldsCommits = false;

        group.Advance(Second);

        Assert.Equal(2, group.Member.Commits.Count);
        Assert.Equal(1, group.Committed(P0));
    }

    [Fact]
    public void Commit_WhenItFails_IsNoFailureOfTheRecord()
    {
        var group = Start(one => one with { Commit = CommitPolicy.Sync }).Add(P0, 1);
        group.Member.Refuse(StreamsErrorCode.CoordinatorNotAvailable, times: 10);
        group.Assign(P0);
        for (var second = 0; second < 10; second++)
        {
            group.Advance(Second);
        }

        Assert.Equal([0], group.Handler.Offsets);
        Assert.Equal(1, group.Committed(P0));
        Assert.Empty(group.Group.Health.Stopped);
    }
}
