using Streams.Broker.Groups;
using Streams.Broker.Groups.Requests;

namespace Streams.Broker.Tests.Groups;

/// <summary>Every pair of states: the arrows of the state table and no others.</summary>
public sealed class GroupStateTests
{
    private static readonly HashSet<(GroupState, GroupState)> Legal =
    [
        (GroupState.Empty, GroupState.PreparingRebalance),
        (GroupState.Empty, GroupState.Dead),
        (GroupState.PreparingRebalance, GroupState.CompletingRebalance),
        (GroupState.PreparingRebalance, GroupState.Empty),
        (GroupState.PreparingRebalance, GroupState.Dead),
        (GroupState.CompletingRebalance, GroupState.Stable),
        (GroupState.CompletingRebalance, GroupState.PreparingRebalance),
        (GroupState.CompletingRebalance, GroupState.Dead),
        (GroupState.Stable, GroupState.PreparingRebalance),
        (GroupState.Stable, GroupState.Dead),
    ];

    public static IEnumerable<TheoryDataRow<string, string>> Pairs()
        => Enum.GetValues<GroupState>().SelectMany(from => Enum.GetValues<GroupState>()
            .Select(to => new TheoryDataRow<string, string>(from.ToString(), to.ToString())));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void MoveTo_ForEveryPair_AllowsTheArrowsOfTheTableOnly(string fromName, string toName)
    {
        var (from, to) = (Enum.Parse<GroupState>(fromName), Enum.Parse<GroupState>(toName));
        var group = GroupIn(from);

        if (Legal.Contains((from, to)))
        {
            group.MoveTo(to);
            Assert.Equal((from, to), (group.PreviousState, group.State));
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => group.MoveTo(to));
            Assert.Equal(from, group.State);
        }
    }

    private static ClassicGroup GroupIn(GroupState state)
    {
        var group = new ClassicGroup("billing");
        GroupState[] way = state switch
        {
            GroupState.PreparingRebalance => [GroupState.PreparingRebalance],
            GroupState.CompletingRebalance => [GroupState.PreparingRebalance, GroupState.CompletingRebalance],
            GroupState.Stable => [GroupState.PreparingRebalance, GroupState.CompletingRebalance, GroupState.Stable],
            GroupState.Dead => [GroupState.Dead],
            _ => [],
        };
        foreach (var next in way)
        {
            group.MoveTo(next);
        }

        return group;
    }
}
