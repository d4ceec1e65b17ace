using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Broker.Transport.Producing;

/// <summary>Checks what a producer is told, all faults at once.</summary>
internal static class ProducerSettingsCheck
{
    /// <summary>Returns the codec that the settings name.</summary>
    /// <exception cref="StreamsException">InvalidConfiguration.</exception>
    public static CompressionCodec Check(ProducerSettings settings, TimeSpan linger)
    {
        var faults = new List<string>();
        if (!Enum.TryParse<CompressionCodec>(settings.Compression, ignoreCase: true, out var codec)
            || !Enum.GetNames<CompressionCodec>().Contains(settings.Compression, StringComparer.OrdinalIgnoreCase))
        {
            faults.Add($"Compression cannot be '{settings.Compression}' (allowed: none, gzip, snappy, lz4, zstd)");
        }

        if (!Enum.IsDefined(settings.Acks))
        {
            faults.Add($"Acks cannot be '{settings.Acks}' (allowed: {string.Join(", ", Enum.GetNames<Acks>())})");
        }

        if (linger < TimeSpan.Zero)
        {
            faults.Add($"Linger cannot be '{linger}' (allowed: 0 or more)");
        }

        if (settings.BatchBytesMax is < 1 or > RecordBatchLimits.BatchBytesMax)
        {
            faults.Add($"BatchBytesMax cannot be '{settings.BatchBytesMax}' (allowed: 1 to {RecordBatchLimits.BatchBytesMax})");
        }

        if (settings.BufferBytesMax < 1)
        {
            faults.Add($"BufferBytesMax cannot be '{settings.BufferBytesMax}' (allowed: 1 or more)");
        }

        if (settings.DeliveryTimeout <= TimeSpan.Zero || settings.DeliveryTimeout.TotalMilliseconds > int.MaxValue)
        {
            faults.Add($"DeliveryTimeout cannot be '{settings.DeliveryTimeout}' (allowed: more than 0, at most 24 days)");
        }

        return faults.Count == 0
            ? codec
            : throw new StreamsException($"The settings of producer '{settings.ClientId}' are not valid: {string.Join("; ", faults)}.")
            {
                Code = StreamsErrorCode.InvalidConfiguration,
            };
    }
}
