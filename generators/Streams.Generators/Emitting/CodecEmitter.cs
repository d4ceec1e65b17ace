using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits the methods <c>Write</c> and <c>Read</c> of one type, with those of the collections in it.</summary>
internal sealed class CodecEmitter(SourceWriter source, PayloadModel model)
{
    private readonly WireCode _wire = new();

    public void Emit()
    {
        switch (model)
        {
            case ObjectModel payload:
                new ObjectEmitter(source, payload, _wire).Emit();
                break;
            case UnionModel union:
                new UnionEmitter(source, union, _wire).Emit();
                break;
            case WiredModel { Type: FormatterWire formatter }:
                EmitFormatted(formatter);
                break;
            case WiredModel { Type: var collection }:
                CollectionEmitter.Emit(source, _wire, collection, "public", "");
                break;
        }

        for (var number = 0; number < _wire.Methods.Count; number++)
        {
            source.Line();
            CollectionEmitter.Emit(source, _wire, _wire.Methods[number], "private", Code.Literal(number));
        }

        for (var number = 0; number < _wire.Formatters.Count; number++)
        {
            source.Line();
            EmitFormatter(_wire.Formatters[number], number);
        }
    }

    private void EmitFormatted(FormatterWire formatter)
    {
        source.Line($"public static void Write({Code.Writer}, {model.TypeName} value, int depth)");
        source.Line($"    => {_wire.Write(formatter, "value")}");
        source.Line();
        source.Line($"public static {model.TypeName} Read({Code.Reader}, {Code.Trace})");
        source.Line($"    => {_wire.Read(formatter)};");
    }

    // A class of its own for each, so that one that cannot be made fails where it is used and nowhere else.
    private void EmitFormatter(FormatterWire formatter, int number)
    {
        source.Open($"private static class Formatter{Code.Literal(number)}");
        source.Line($"internal static readonly global::MessagePack.Formatters.IMessagePackFormatter<{formatter.Name}> Instance");
        source.Line($"    = {formatter.Formatter};");
        source.Close();
    }
}
