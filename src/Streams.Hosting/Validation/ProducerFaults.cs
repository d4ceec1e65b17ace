namespace Streams.Hosting.Validation;

/// <summary>Checks what all producers share.</summary>
internal static class ProducerFaults
{
    private static readonly string[] Codecs = ["none", "gzip", "snappy", "lz4", "zstd"];

    /// <summary>Returns every fault.</summary>
    public static IEnumerable<string> Find(ProducerOptions options)
        => new[]
        {
            RangeFaults.Find("Streams:Producer:BatchBytesMax", options.BatchBytesMax, 1, HostingLimits.BatchBytesMax),
            RangeFaults.Find("Streams:Producer:BufferBytesMax", options.BufferBytesMax, options.BatchBytesMax, long.MaxValue),
            RangeFaults.Find(
                "Streams:Producer:DeliveryTimeout",
                options.DeliveryTimeout,
                TimeSpan.FromMilliseconds(1),
                HostingLimits.IntervalMax),
            options.Linger is { } linger
                ? RangeFaults.Find("Streams:Producer:Linger", linger, TimeSpan.Zero, options.DeliveryTimeout)
                : null,
            Codecs.Contains(options.Compression, StringComparer.Ordinal)
                ? null
                : $"'Streams:Producer:Compression' is '{options.Compression}', which is not one of {string.Join(", ", Codecs)}.",
        }.OfType<string>();
}
