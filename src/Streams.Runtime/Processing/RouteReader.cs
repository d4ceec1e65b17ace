using Streams.Protocol.Records;
using Streams.Transport;

namespace Streams.Runtime.Processing;

/// <summary>Finds the route of record after record of one partition; remembers the last type, since it mostly comes again. Not thread-safe.</summary>
internal sealed class RouteReader(TopicRoutes routes)
{
    // A record of ours has one header: the length of its name as a zigzag varint (12 -> 24), the name, then the value in the same way.
    private static ReadOnlySpan<byte> OnlyHeader => "\u0018streams-type"u8;

    private static ReadOnlySpan<byte> TypeName => "streams-type"u8;

    private byte[] _lastName = [];
    private Route _lastRoute = routes.Untyped;

    /// <summary>Returns the route of a record.</summary>
    /// <param name="buffer">The block's buffer.</param>
    /// <param name="record">The record.</param>
    public Route Of(ReadOnlySpan<byte> buffer, in RecordRange record)
    {
        var route = record.HeaderCount == 0 ? routes.Untyped
            : OfHeaders(buffer.Slice(record.HeadersStart, record.HeadersLength), record.HeaderCount);
        return record.ValueLength < 0 && route.Kind == RouteKind.Handle && !route.AcceptsTombstone
            ? new(RouteKind.Pass, null, 0, false)
            : route;
    }

    /// <summary>Says why a record can go nowhere.</summary>
    public StreamsException Explain(ReadOnlySpan<byte> buffer, in RecordRange record, RouteKind kind)
    {
        var names = string.Join(", ", routes.Names.Select(name => $"'{name}'"));
        if (kind == RouteKind.NoType)
        {
            return new($"The record at offset {record.Offset} of topic '{routes.Topic}' has no header '{StreamsHeaders.Type}', and "
                + "the topic has "
                + $"several types ({names}). Mark one of them [Message(..., Default = true)].")
            {
                Code = StreamsErrorCode.UnknownMessageType,
            };
        }

        var headers = buffer.Slice(record.HeadersStart, record.HeadersLength);
        Range value;
        try
        {
            _ = RecordHeaderCodec.TryFindLast(headers, record.HeaderCount, TypeName, out value);
        }
        catch (StreamsException malformed)
        {
            return malformed;
        }

        return new($"The record at offset {record.Offset} of topic '{routes.Topic}' is of type "
            + $"'{System.Text.Encoding.UTF8.GetString(headers[value])}', "
            + $"which this process does not know; it knows {names}. Reference the assembly that declares it and call AddHandlers(), "
            + "or correct the producer, then resume the partition.")
        {
            Code = StreamsErrorCode.UnknownMessageType,
        };
    }

    private Route OfHeaders(ReadOnlySpan<byte> headers, int count)
    {
        if (count == 1 && headers.Length > OnlyHeader.Length && headers[OnlyHeader.Length] < 0x80 && headers.StartsWith(OnlyHeader))
        {
            var length = headers[OnlyHeader.Length] >> 1;
            var start = OnlyHeader.Length + 1;
            if ((headers[OnlyHeader.Length] & 1) == 0 && headers.Length == start + length)
            {
                return OfName(headers[start..]);
            }
        }

        return OfForeignHeaders(headers, count);
    }

    private Route OfForeignHeaders(ReadOnlySpan<byte> headers, int count)
    {
        try
        {
            return RecordHeaderCodec.TryFindLast(headers, count, TypeName, out var value) ? OfName(headers[value]) : routes.Untyped;
        }
        catch (StreamsException)
        {
            return new(RouteKind.Malformed, null, 0, false);   // explained when its turn comes
        }
    }

    private Route OfName(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(_lastName))
        {
            return _lastRoute;
        }

        var route = routes.Resolve(name);
        if (route.Kind is RouteKind.Handle or RouteKind.Pass)
        {
            _lastName = name.ToArray();
            _lastRoute = route;
        }

        return route;
    }
}
