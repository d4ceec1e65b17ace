using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>The call that writes or reads one value.</summary>
internal static class ScalarCode
{
    public static string Write(ScalarKind kind, string value) => kind switch
    {
        ScalarKind.Guid or ScalarKind.Decimal or ScalarKind.DateTimeOffset or ScalarKind.Version or ScalarKind.Sequence
            or ScalarKind.Segment or ScalarKind.StringBuilder or ScalarKind.BitArray
            => $"global::Streams.PayloadWriter.Write(ref writer, {value});",
        >= ScalarKind.BigInteger => $"global::Streams.PayloadNumbers.Write(ref writer, {value});",
        ScalarKind.Rune => $"writer.Write({value}.Value);",
        ScalarKind.Nil => "writer.WriteNil();",
        ScalarKind.TimeSpan or ScalarKind.TimeOnly => $"writer.Write({value}.Ticks);",
        ScalarKind.DateOnly => $"writer.Write({value}.DayNumber);",
        ScalarKind.Half => $"writer.Write((float){value});",
        ScalarKind.Memory or ScalarKind.ReadOnlyMemory => $"writer.Write({value}.Span);",
        ScalarKind.Uri => $"writer.Write({value}?.OriginalString);",
        _ => $"writer.Write({value});",
    };

    public static string Read(ScalarKind kind) => kind switch
    {
        ScalarKind.String => "global::Streams.PayloadReader.ReadString(ref reader)",
        ScalarKind.Decimal => "global::Streams.PayloadReader.ReadDecimal(ref reader)",
        ScalarKind.Guid => "global::Streams.PayloadReader.ReadGuid(ref reader)",
        ScalarKind.DateTime => "global::Streams.PayloadReader.ReadDateTime(ref reader)",
        ScalarKind.DateTimeOffset => "global::Streams.PayloadReader.ReadDateTimeOffset(ref reader)",
        ScalarKind.Bytes or ScalarKind.Memory or ScalarKind.ReadOnlyMemory => "global::Streams.PayloadReader.ReadBytes(ref reader)",
        ScalarKind.TimeSpan => "new global::System.TimeSpan(reader.ReadInt64())",
        ScalarKind.TimeOnly => "new global::System.TimeOnly(reader.ReadInt64())",
        ScalarKind.DateOnly => "global::System.DateOnly.FromDayNumber(reader.ReadInt32())",
        ScalarKind.Half => "(global::System.Half)reader.ReadSingle()",
        ScalarKind.Uri or ScalarKind.Version or ScalarKind.Sequence or ScalarKind.Segment or ScalarKind.StringBuilder
            or ScalarKind.BitArray => $"global::Streams.PayloadReader.Read{kind}(ref reader)",
        ScalarKind.Rune => "new global::System.Text.Rune(reader.ReadInt32())",
        >= ScalarKind.BigInteger => $"global::Streams.PayloadNumbers.Read{kind}(ref reader)",
        _ => $"reader.Read{kind}()",
    };
}
