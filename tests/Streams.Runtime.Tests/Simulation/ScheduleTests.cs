namespace Streams.Runtime.Tests.Simulation;

/// <summary>
/// Many schedules over every policy and order, the same each time. STREAMS_SCHEDULES says how many in all, STREAMS_FIRST_SEED where they begin;
/// STREAMS_SEED replays one, whose failure then shows all that happened.
/// </summary>
public sealed class ScheduleTests
{
    public static TheoryData<CommitPolicy, ProcessingOrder> Kinds()
    {
        var kinds = new TheoryData<CommitPolicy, ProcessingOrder>();
        foreach (var policy in new[] { CommitPolicy.Auto, CommitPolicy.Sync, CommitPolicy.Async, CommitPolicy.Manual })
        {
            foreach (var order in Enum.GetValues<ProcessingOrder>())
            {
                kinds.Add(policy, order);
            }
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Schedule_OfAnyKind_KeepsWhatIsPromised(CommitPolicy policy, ProcessingOrder order)
        => Schedules.Run(policy, order);
}
