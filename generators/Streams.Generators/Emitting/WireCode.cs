using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>
/// The code that writes or reads a value of any type. Collections get a method of their own in the class that is being emitted;
/// they are numbered as they are met. So are the formatters of the user's.
/// </summary>
internal sealed class WireCode
{
    private const string Options = "global::Streams.PayloadFormatters.Options";

    private readonly List<WireType> _methods = [];
    private readonly List<FormatterWire> _formatters = [];
    private int _variables;

    /// <summary>Gets the types that need methods of their own. Grows while they are emitted: a list of lists needs two.</summary>
    public IReadOnlyList<WireType> Methods => _methods;

    /// <summary>Gets the formatters.</summary>
    public IReadOnlyList<FormatterWire> Formatters => _formatters;

    /// <summary>The statement that writes a value.</summary>
    /// <param name="type">How its type stands on the wire.</param>
    /// <param name="value">The expression of the value.</param>
    public string Write(WireType type, string value)
    {
        switch (type)
        {
            case ScalarWire scalar:
                return ScalarCode.Write(scalar.Kind, value);
            case EnumWire { Underlying: var underlying }:
                return ScalarCode.Write(underlying.Kind, $"({underlying.Name}){value}");
            case NullableWire { Inner: var inner }:
                var variable = "some" + _variables++;
                return $"if ({value} is {{ }} {variable}) {{ {Write(inner, variable)} }} else {{ writer.WriteNil(); }}";
            case ObjectWire { Codec: var codec }:
                return $"{codec}.Write(ref writer, {value}, depth + 1);";
            case FormatterWire formatter:
                return $"Formatter{NumberOf(formatter, _formatters)}.Instance.Serialize(ref writer, {value}, {Options});";
            default:
                return $"Write{NumberOf(type, _methods)}(ref writer, {value}, depth + 1);";
        }
    }

    /// <summary>The expression that reads a value.</summary>
    public string Read(WireType type) => type switch
    {
        ScalarWire scalar => ScalarCode.Read(scalar.Kind),
        EnumWire { Underlying: var underlying } => $"({type.Name}){ScalarCode.Read(underlying.Kind)}",
        NullableWire { Inner: var inner } => $"reader.TryReadNil() ? default({type.Name}) : {Read(inner)}",
        ObjectWire { Codec: var codec } => $"{codec}.Read(ref reader, ref trace)",
        FormatterWire formatter => $"Formatter{NumberOf(formatter, _formatters)}.Instance.Deserialize(ref reader, {Options})",
        _ => $"Read{NumberOf(type, _methods)}(ref reader, ref trace)",
    };

    private static int NumberOf<T>(T type, List<T> known)
    {
        var number = known.IndexOf(type);
        if (number < 0)
        {
            number = known.Count;
            known.Add(type);
        }

        return number;
    }
}
