using CsCheck;
using Streams.Runtime.Tracking;

namespace Streams.Runtime.Tests.Tracking;

public sealed class OffsetTrackerTests
{
    [Fact]
    public void New_HasItsWatermarkAtTheStart()
    {
        var tracker = new OffsetTracker(7, 4);

        Assert.Equal((7, 7, 0, 4, null), (tracker.Watermark, tracker.Position, tracker.Count, tracker.Room, tracker.Oldest));
    }

    [Fact]
    public void Complete_OutOfOrder_MovesTheWatermarkOverWhatIsCompletedInARow()
    {
        var tracker = new OffsetTracker(0, 8);
        var tickets = new[] { 0, 2, 4, 6 }.Select(offset => Track(tracker, offset)).ToArray();

        Assert.Equal(1, tracker.Complete(tickets[0]));
        Assert.Equal(2, tracker.Watermark);
        Assert.Equal(1, tracker.Complete(tickets[1]));
        Assert.Equal(0, tracker.Complete(tickets[3]));
        Assert.Equal(4, tracker.Watermark);
        Assert.Equal(2, tracker.Complete(tickets[2]));
        Assert.Equal(7, tracker.Watermark);
    }

    [Fact]
    public void Complete_Twice_IsHarmless()
    {
        var tracker = new OffsetTracker(0, 8);
        var (first, second) = (Track(tracker, 0), Track(tracker, 1));

        tracker.Complete(second);
        Assert.Equal(0, tracker.Complete(second));
        Assert.Equal(2, tracker.Complete(first));
        Assert.Equal(0, tracker.Complete(first));
        Assert.Equal(2, tracker.Watermark);
    }

    [Fact]
    public void TryTrack_OfAnOffsetDeliveredBefore_RefusesIt()
    {
        var tracker = new OffsetTracker(5, 8);

        Assert.False(tracker.TryTrack(4, out _));
        Track(tracker, 5);
        Assert.False(tracker.TryTrack(5, out _));
        Assert.Equal(1, tracker.Count);
    }

    [Fact]
    public void TryTrack_AtTheBound_IsABug()
    {
        var tracker = new OffsetTracker(0, 2);
        Track(tracker, 0);
        Track(tracker, 1);

        Assert.Throws<InvalidOperationException>(() => tracker.TryTrack(2, out _));
    }

    [Fact]
    public void Advance_WithNothingInFlight_MovesTheWatermarkPastTheGap()
    {
        var tracker = new OffsetTracker(0, 4);
        tracker.Advance(9);
        Assert.Equal((9, 9), (tracker.Watermark, tracker.Position));

        var ticket = Track(tracker, 9);
        tracker.Advance(20);
        Assert.Equal((9, 20), (tracker.Watermark, tracker.Position));
        tracker.Complete(ticket);
        Assert.Equal(20, tracker.Watermark);
    }

    [Fact]
    public void TakeBack_OfWhatWasNotBegun_DeliversItAgain()
    {
        var tracker = new OffsetTracker(0, 8);
        Track(tracker, 0);
        var second = Track(tracker, 3);
        Track(tracker, 5);

        tracker.TakeBack(second, 3);

        Assert.Equal((0, 3, 1), (tracker.Watermark, tracker.Position, tracker.Count));
        Assert.Equal(second, Track(tracker, 3));
    }

    [Fact]
    public void TakeBack_ToAnotherPosition_IsABug()
    {
        var tracker = new OffsetTracker(0, 8);
        var first = Track(tracker, 2);

        Assert.Throws<InvalidOperationException>(() => tracker.TakeBack(first, 1));
    }

    // The model keeps every delivered offset in a list; the tracker keeps a ring. Every step must leave both with the same answers.
    [Fact]
    public void AnySteps_AgreeWithAListOfEverything()
        => Gen.Select(Gen.Int[1, 200], Gen.Select(Gen.Int[0, 99], Gen.Int[0, 1_000_000]).Array[0, 400]).Sample((bound, steps) =>
        {
            var tracker = new OffsetTracker(3, bound);
            var delivered = new List<(long Ticket, long Offset, bool IsDone)>();
            long position = 3;
            foreach (var (what, chance) in steps)
            {
                switch (what)
                {
                    case < 45 when tracker.Room > 0:
                        position += chance % 3;
                        Assert.True(tracker.TryTrack(position, out var ticket));
                        delivered.Add((ticket, position++, false));
                        break;
                    case < 85 when delivered.Count > 0:
                        var at = chance % delivered.Count;
                        delivered[at] = delivered[at] with { IsDone = true };
                        tracker.Complete(delivered[at].Ticket);
                        break;
                    case < 90 when delivered.Count > 0:
                        var through = chance % delivered.Count;
                        delivered = [.. delivered.Select((one, index) => index <= through ? one with { IsDone = true } : one)];
                        tracker.CompleteThrough(delivered[through].Ticket);
                        break;
                    case < 95 when delivered.Count > 0 && delivered[^1] is { IsDone: false } last:
                        tracker.TakeBack(last.Ticket, last.Offset);
                        delivered.RemoveAt(delivered.Count - 1);
                        position = last.Offset;
                        break;
                    default:
                        position += chance % 4;
                        tracker.Advance(position);
                        break;
                }

                var open = delivered.FindIndex(one => !one.IsDone);
                Assert.Equal(position, tracker.Position);
                Assert.Equal(open < 0 ? position : delivered[open].Offset, tracker.Watermark);
                Assert.Equal(open < 0 ? 0 : delivered.Count - open, tracker.Count);
                Assert.Equal(open < 0 ? null : delivered[open].Offset, tracker.Oldest);
            }

            Assert.DoesNotContain(delivered, one => one.IsDone != tracker.IsCompleted(one.Ticket));
        }, iter: 300);

    private static long Track(OffsetTracker tracker, long offset)
    {
        Assert.True(tracker.TryTrack(offset, out var ticket));
        return ticket;
    }
}
