using Streams.Runtime.Tests.Scripting;
using static Streams.Runtime.Tests.Scripting.GroupHarness;

namespace Streams.Runtime.Tests.Groups;

/// <summary>When each policy of the table commits, and that it commits the watermark and nothing else.</summary>
public sealed class CommitPolicyTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void Auto_WhenRecordsComplete_CommitsOnTheIntervalAndNotBefore()
    {
        var group = Start().Add(P0, 3).Assign(P0);

        Assert.Equal([0, 1, 2], group.Handler.Offsets);
        Assert.Empty(group.Member.Commits);

        group.Advance(Interval - TimeSpan.FromMilliseconds(1));
        Assert.Empty(group.Member.Commits);

        group.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, group.Committed(P0));
    }
}
