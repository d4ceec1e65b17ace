namespace Streams.Runtime.Tests.Connection;

/// <summary>The messages of these tests, written by hand as the generator writes them.</summary>
internal static class TestMessages
{
    public static IReadOnlyList<MessageDescriptor> All { get; } =
        [Order.Descriptor, Refund.Descriptor, Click.Descriptor, StickyClick.Descriptor, Price.Descriptor, Point.Descriptor];
}
