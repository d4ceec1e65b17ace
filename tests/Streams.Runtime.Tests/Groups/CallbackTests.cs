using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>The <c>On...</c> methods: when, in which order, on which instance, and that what they throw changes nothing.</summary>
public sealed class CallbackTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void OnPartitionsAssigned_IsCalledBeforeTheFirstRecordAndWithItsStartKnown()
    {
        var group = Start();
        group.Transport.Committed[P0] = 2;
        long? position = null;
        var calls = -1;
        group.Handler.OnEvent = _ => calls = group.Handler.Calls.Count;
        group.Add(P0, 3).Assign(P0, P1);
        position = group.Snapshot(P0).Position;

        Assert.Equal(["assigned orders-0,orders-1"], group.Handler.Events);
        Assert.Equal(0, calls);
        Assert.Equal([2], group.Handler.Offsets);
        Assert.Equal(3, position);
    }

    [Fact]
    public void OnPartitionsAssigned_TellsNewPartitionsOnly()
    {
        var group = Start().Assign(P0).Assign(P1);

        Assert.Equal(["assigned orders-0", "assigned orders-1"], group.Handler.Events);
    }

    // A group of StartFrom Latest commits the end before it begins; handlers hear of the partition after that.
    [Fact]
    public void OnPartitionsAssigned_WithStartFromLatest_ComesAfterTheFirstCommit()
    {
        var group = Start(one => one with { StartFrom = StartFrom.Latest }).Add(P0, 3);
        group.Journal.Pass(P0, 3);
        group.Member.HoldsCommits = true;
        group.Assign(P0);
        Assert.Empty(group.Handler.Events);

        group.Member.AnswerCommits();
        group.Pump();
        Assert.Contains("assigned orders-0", group.Handler.Events);
    }

    [Fact]
    public void Callbacks_ThatThrow_ChangeNothingAndAreLogged()
    {
        var group = Start(one => one with { Commit = CommitPolicy.Async });
        group.Handler.OnEvent = what => throw new InvalidOperationException(what);
        group.Add(P0, 2).Assign(P0);
        group.Run(group.Member.RevokeAsync(default, P0));

        Assert.Equal([0, 1], group.Handler.Offsets);
        Assert.Equal(2, group.Committed(P0));
        Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("Assigned of handler", StringComparison.Ordinal));
        Assert.Contains(group.Log.GetSnapshot(), line => line.Message.Contains("Revoked of handler", StringComparison.Ordinal));
    }

    [Fact]
    public void Callbacks_OfOneGroup_NeverRunTwoAtATimeAndKeepTheOrderOfEvents()
    {
        var group = Start(one => one with { Commit = CommitPolicy.Async });
        var (running, most) = (0, 0);
        group.Handler.OnEvent = _ =>
        {
            most = Math.Max(most, ++running);
            group.Scheduler.RunOne();
            running--;
        };
        group.Add(P0, 1).Assign(P0).Add(P0, 1).Pump();
        group.Member.Lose(P0);
        group.Pump().Assign(P0);
        group.Run(group.Member.RevokeAsync(default, P0));

        Assert.Equal(1, most);
        Assert.Equal(
            ["assigned orders-0", "committed 1", "committed 2", "lost orders-0", "assigned orders-0", "revoked orders-0"],
            group.Handler.Events);
    }

    [Theory]
    [InlineData(HandlerLifetime.Singleton, 1)]
    [InlineData(HandlerLifetime.Scoped, 3)]
    public void Callbacks_RunOnTheSingletonOrInAScopeOfTheirOwn(HandlerLifetime lifetime, int instances)
    {
        var group = Start(one => WithCallbacks(one, HandlerCallbacks.Assigned | HandlerCallbacks.Revoked, lifetime));
        group.Add(P0, 1).Assign(P0);
        group.Run(group.Member.RevokeAsync(default, P0));

        Assert.Equal(2, group.Handler.Events.Count);
        Assert.Equal(instances, group.Handler.Instances);
    }

    [Fact]
    public void Callbacks_AHandlerLacks_AreNotCalledAndCostNoInstance()
    {
        var group = Start(one => WithCallbacks(one, HandlerCallbacks.Revoked, HandlerLifetime.Scoped) with { Commit = CommitPolicy.Async });
        group.Add(P0, 1).Assign(P0).Advance(Interval);

        Assert.Empty(group.Handler.Events);
        Assert.Equal(1, group.Handler.Instances);
    }

    [Fact]
    public void OnPartitionsRevoked_MayReadCommittedOffsetsOfTheEnd()
    {
        var group = Start().Add(P0, 4).Assign(P0);
        long? committed = null;
        group.Handler.OnEvent = what => committed = what.StartsWith("revoked", StringComparison.Ordinal) ? group.Committed(P0) : committed;

        group.Run(group.Member.RevokeAsync(default, P0));

        Assert.Equal(4, committed);
    }

    [Fact]
    public void OnCommitted_OfTheFinalCommit_ComesBeforeOnPartitionsRevoked()
    {
        var group = Start().Add(P0, 1).Assign(P0);
        group.Run(group.Member.RevokeAsync(default, P0));

        Assert.Equal(["assigned orders-0", "committed 1", "revoked orders-0"], group.Handler.Events);
    }
}
