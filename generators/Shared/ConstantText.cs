using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Streams.Shared;

/// <summary>Constants as generated code writes them.</summary>
internal static class ConstantText
{
    public static string Of(TypedConstant constant) => constant switch
    {
        { IsNull: true } => "null",
        { Kind: TypedConstantKind.Array, Type: IArrayTypeSymbol array }
            => $"new {array.ElementType.FullName()}[] {{ {string.Join(", ", constant.Values.Select(Of))} }}",
        _ => Of(constant.Type, constant.Value),
    };

    public static string Of(ITypeSymbol? type, object? value) => value switch
    {
        null => "default",
        ITypeSymbol named => $"typeof({named.FullName()})",
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        char character => SymbolDisplay.FormatLiteral(character, quote: true),
        bool flag => flag ? "true" : "false",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        IFormattable number => $"({type!.FullName()})({number.ToString(null, CultureInfo.InvariantCulture)})",
        _ => "default",
    };
}
