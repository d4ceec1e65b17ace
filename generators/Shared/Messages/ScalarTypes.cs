using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>The types that are one value on the wire.</summary>
internal static class ScalarTypes
{
    private static readonly Dictionary<string, ScalarKind> Named = new(StringComparer.Ordinal)
    {
        ["global::System.Half"] = ScalarKind.Half,
        ["global::System.Guid"] = ScalarKind.Guid,
        ["global::System.DateTimeOffset"] = ScalarKind.DateTimeOffset,
        ["global::System.TimeSpan"] = ScalarKind.TimeSpan,
        ["global::System.DateOnly"] = ScalarKind.DateOnly,
        ["global::System.TimeOnly"] = ScalarKind.TimeOnly,
        ["global::System.Memory<byte>"] = ScalarKind.Memory,
        ["global::System.ReadOnlyMemory<byte>"] = ScalarKind.ReadOnlyMemory,
        ["global::System.Uri"] = ScalarKind.Uri,
        ["global::System.Version"] = ScalarKind.Version,
        ["global::System.Buffers.ReadOnlySequence<byte>"] = ScalarKind.Sequence,
        ["global::System.ArraySegment<byte>"] = ScalarKind.Segment,
        ["global::System.Text.StringBuilder"] = ScalarKind.StringBuilder,
        ["global::System.Text.Rune"] = ScalarKind.Rune,
        ["global::System.Collections.BitArray"] = ScalarKind.BitArray,
        ["global::System.Int128"] = ScalarKind.Int128,
        ["global::System.UInt128"] = ScalarKind.UInt128,
        ["global::System.Numerics.BigInteger"] = ScalarKind.BigInteger,
        ["global::System.Numerics.Complex"] = ScalarKind.Complex,
        ["global::System.Numerics.Vector2"] = ScalarKind.Vector2,
        ["global::System.Numerics.Vector3"] = ScalarKind.Vector3,
        ["global::System.Numerics.Vector4"] = ScalarKind.Vector4,
        ["global::System.Numerics.Quaternion"] = ScalarKind.Quaternion,
        ["global::System.Numerics.Matrix3x2"] = ScalarKind.Matrix3x2,
        ["global::System.Numerics.Matrix4x4"] = ScalarKind.Matrix4x4,
        ["global::MessagePack.Nil"] = ScalarKind.Nil,
    };

    public static ScalarKind? Find(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => ScalarKind.Boolean,
        { SpecialType: SpecialType.System_SByte } => ScalarKind.SByte,
        { SpecialType: SpecialType.System_Byte } => ScalarKind.Byte,
        { SpecialType: SpecialType.System_Int16 } => ScalarKind.Int16,
        { SpecialType: SpecialType.System_UInt16 } => ScalarKind.UInt16,
        { SpecialType: SpecialType.System_Int32 } => ScalarKind.Int32,
        { SpecialType: SpecialType.System_UInt32 } => ScalarKind.UInt32,
        { SpecialType: SpecialType.System_Int64 } => ScalarKind.Int64,
        { SpecialType: SpecialType.System_UInt64 } => ScalarKind.UInt64,
        { SpecialType: SpecialType.System_Single } => ScalarKind.Single,
        { SpecialType: SpecialType.System_Double } => ScalarKind.Double,
        { SpecialType: SpecialType.System_Char } => ScalarKind.Char,
        { SpecialType: SpecialType.System_String } => ScalarKind.String,
        { SpecialType: SpecialType.System_Decimal } => ScalarKind.Decimal,
        { SpecialType: SpecialType.System_DateTime } => ScalarKind.DateTime,
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => ScalarKind.Bytes,
        INamedTypeSymbol { ContainingType: null, ContainingNamespace.Name: "System" or "Text" or "Numerics" or "Buffers" or "Collections"
            or "MessagePack" } => Named.TryGetValue(type.FullName(), out var kind) ? kind : null,
        _ => null,
    };

    /// <summary>Whether it is an integer of one of C#'s eight types.</summary>
    public static bool IsInteger(ScalarKind kind) => kind is >= ScalarKind.SByte and <= ScalarKind.UInt64;
}
