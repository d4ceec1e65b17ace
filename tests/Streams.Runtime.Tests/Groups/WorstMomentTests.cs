using Streams.Runtime.Groups;
using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>
/// A short life of a group, cut off after every single step it consists of, under every policy and order: the process dies, the leases are
/// lost, they are revoked, or the host stops. Each handler ends in a step of its own, and the journal sees to it that no commit passes a
/// record that nobody has completed.
/// </summary>
public sealed class WorstMomentTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public static TheoryData<CommitPolicy, ProcessingOrder, int> Kinds()
    {
        var kinds = new TheoryData<CommitPolicy, ProcessingOrder, int>();
        foreach (var policy in new[] { CommitPolicy.Auto, CommitPolicy.Sync, CommitPolicy.Async, CommitPolicy.Manual })
        {
            foreach (var order in Enum.GetValues<ProcessingOrder>())
            {
                kinds.Add(policy, order, 1);
                kinds.Add(policy, order, 2);
            }
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Crash_AfterAnyStep_LosesNothingAndRepeatsOnlyWhatWasNotCommitted(CommitPolicy policy, ProcessingOrder order, int every)
        => AtEveryStep(policy, order, every, group =>
        {
            var handled = group.Handler.Calls.Where(call => call.HasEnded).Select(call => (call.Partition, call.Offset)).ToArray();
            var committed = new Dictionary<TopicPartition, long>(group.Transport.Committed);
            var next = group.Crash();
            EndCallsInSteps(next);
            next.Assign(P0, P1).Advance(Interval).Advance(Interval);

            AssertAllIsHandledAndCommitted(next);
            Assert.All(next.Handler.Calls, call => Assert.True(call.Offset >= committed.GetValueOrDefault(call.Partition)));
            if (policy == CommitPolicy.Sync && order == ProcessingOrder.PerPartition)
            {
                var repeated = next.Handler.Calls.Count(call => call.Partition == P0 && handled.Contains((P0, call.Offset)));
                Assert.True(repeated <= every, $"{repeated} records of one partition were repeated, and CommitEvery is {every}.");
            }
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Loss_AfterAnyStep_LosesNothing(CommitPolicy policy, ProcessingOrder order, int every)
        => AtEveryStep(policy, order, every, group =>
        {
            group.Member.Lose([.. group.Member.Leases.Keys]);
            group.Pump().Assign(P0, P1).Advance(Interval).Advance(Interval).Advance(Interval);

            AssertAllIsHandledAndCommitted(group);
            Assert.Equal(GroupStatus.Healthy, group.Group.Health.Status);
            group.AssertEveryBlockIsReturned();
        });

    // Handlers end well inside the drain budget: what they have done is committed before the partitions go, and never done again.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Revocation_AfterAnyStep_LosesNothingAndRepeatsNothing(CommitPolicy policy, ProcessingOrder order, int every)
        => AtEveryStep(policy, order, every, group =>
        {
            group.Run(group.Member.RevokeAsync(default, [.. group.Member.Leases.Keys]));
            group.Assign(P0, P1).Advance(Interval).Advance(Interval);

            AssertAllIsHandledAndCommitted(group);
            AssertNothingIsRepeated(order, group.Handler.Calls);
            group.AssertEveryBlockIsReturned();
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stop_AfterAnyStep_LosesNothingAndRepeatsNothing(CommitPolicy policy, ProcessingOrder order, int every)
        => AtEveryStep(policy, order, every, group =>
        {
            group.Run(group.Group.StopAsync(TimeSpan.FromSeconds(20), default));
            group.AssertEveryBlockIsReturned();
            var next = group.Crash();
            EndCallsInSteps(next);
            next.Assign(P0, P1).Advance(Interval).Advance(Interval);

            AssertAllIsHandledAndCommitted(next);
            AssertNothingIsRepeated(order, [.. group.Handler.Calls, .. next.Handler.Calls]);
        });

    private static void AtEveryStep(CommitPolicy policy, ProcessingOrder order, int every, Action<GroupHarness> end)
    {
        for (var step = 0; ; step++)
        {
            var group = Start(one => one with { Commit = policy, Order = order, CommitEvery = every, Concurrency = 3 });
            group.Transport.BlockRecordsMax = 2;
            EndCallsInSteps(group);
            group.Add(P0, 1, "a").Add(P0, 1, "b").Add(P0, 2, "a").Add(P0, 1, "c").Add(P1, 2);
            group.Member.Assign(P0, P1);
            var isOver = !TryRun(group, step);
            end(group);
            if (isOver)
            {
                Assert.True(step > 20, "The life is too short to say anything.");
                return;
            }
        }
    }

    private static bool TryRun(GroupHarness group, int steps)
    {
        for (var (step, rests) = (0, 0); step < steps; step++)
        {
            if (group.Scheduler.RunOne())
            {
                continue;
            }

            if (++rests > 3)
            {
                return false;
            }

            group.Time.Advance(Interval);
        }

        return true;
    }

    private static void EndCallsInSteps(GroupHarness group)
        => group.Handler.Handle = (call, _) =>
        {
            group.Later(call.Return);
            return group.Definition.Commit == CommitPolicy.Manual ? ManualAsync(call) : new(call.End.Task);
        };

    private static async ValueTask ManualAsync(HandlerCall call)
    {
        await call.End.Task;
        switch (call.Offset % 3)
        {
            case 0:
                await call.CommitAsync();
                break;
            case 1:
                call.Ack();
                break;
            default:
                await call.SkipAsync("seen before");
                break;
        }
    }

    private static void AssertAllIsHandledAndCommitted(GroupHarness group)
    {
        Assert.Empty(group.Journal.Missing(P0));
        Assert.Empty(group.Journal.Missing(P1));
        Assert.Equal((5, 2), (group.Committed(P0), group.Committed(P1)));
        Assert.Empty(group.Journal.Faults);
    }

    // Under PerKey the records of one key may be done while an older one of another key was never begun: these come again with it.
    private static void AssertNothingIsRepeated(ProcessingOrder order, List<HandlerCall> calls)
        => Assert.All(calls.GroupBy(call => (call.Partition, call.Offset)), same =>
        {
            var isBehindALaterOne = order == ProcessingOrder.PerKey && calls.Skip(calls.IndexOf(same.First()))
                .Any(later => later.Partition == same.Key.Partition && later.Offset < same.Key.Offset);
            Assert.True(same.Count() == 1 || isBehindALaterOne, $"{same.First()} was handled {same.Count()} times.");
        });
}
