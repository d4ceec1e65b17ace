using System.ComponentModel;
using System.Globalization;
using System.Text;
using MessagePack;

namespace Streams;

/// <summary>
/// Where a generated reader was when it failed. Members note themselves in exception filters, innermost first, so that reading
/// pays nothing for it and a failure is thrown once however deep it happened. Lives on the stack of one read.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct PayloadTrace
{
    // A path deeper than this is of no use to a reader of the message.
    private const int SegmentsMax = 32;

    private List<string>? _segments;
    private long _position;

    /// <summary>Notes the member that was being read. Always <see langword="false"/>: the exception goes on.</summary>
    /// <param name="reader">The reader as the failure left it.</param>
    /// <param name="member">The member, or <see langword="null"/> where none had begun.</param>
    public bool Note(ref MessagePackReader reader, string? member)
    {
        var segments = Begin(ref reader);
        if (member is not null && segments.Count < SegmentsMax)
        {
            segments.Add("." + member);
        }

        return false;
    }

    /// <summary>Notes the element that was being read. Always <see langword="false"/>: the exception goes on.</summary>
    /// <param name="reader">The reader as the failure left it.</param>
    /// <param name="index">The element's index, or -1 where none had begun.</param>
    public bool Note(ref MessagePackReader reader, int index)
    {
        var segments = Begin(ref reader);
        if (index >= 0 && segments.Count < SegmentsMax)
        {
            segments.Add("[" + index.ToString(CultureInfo.InvariantCulture) + "]");
        }

        return false;
    }

    /// <summary>Makes the exception that the caller of the generated reader sees.</summary>
    /// <param name="reader">The reader as the failure left it.</param>
    /// <param name="exception">What went wrong.</param>
    /// <param name="message">The message's name.</param>
    public MalformedPayloadException Fail(ref MessagePackReader reader, Exception exception, string message)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var segments = Begin(ref reader);
        var path = new StringBuilder(message);
        for (var index = segments.Count - 1; index >= 0; index--)
        {
            path.Append(segments[index]);
        }

        return new MalformedPayloadException(Describe(exception), path.ToString(), _position, exception);
    }

    private static string Describe(Exception exception) => exception switch
    {
        EndOfStreamException => "the bytes end too early.",
        OverflowException => "a number is out of the range of its type.",
        DecoderFallbackException => "a text is not valid UTF-8.",
        _ => exception.Message,
    };

    private List<string> Begin(ref MessagePackReader reader)
    {
        if (_segments is null)
        {
            _segments = [];
            _position = reader.Consumed;
        }

        return _segments;
    }
}
