using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits what writes and reads the elements of a sequence. Arrays and lists behind an interface are walked without an enumerator.</summary>
internal sealed class SequenceEmitter(SourceWriter source, WireCode wire, SequenceWire type)
{
    private const string Collections = "global::Streams.PayloadCollections";
    private const string Generic = "global::System.Collections.Generic";

    private readonly string _element = type.Element.Name;

    public void EmitWrite()
    {
        var plan = type.Plan;
        switch (plan.Walk)
        {
            case SequenceWalk.Span:
                EmitIndexed(plan.Items, "Length");
                break;
            case SequenceWalk.Index:
                EmitIndexed(plan.Items, "Count");
                break;
            case SequenceWalk.Twice:
                source.Line("var count = 0;");
                source.Open("foreach (var counted in value)");
                source.Line("count++;");
                source.Close();
                source.Line();
                EmitEach("value", "count");
                break;
            case SequenceWalk.Segments:
                source.Line("writer.WriteArrayHeader(checked((int)value.Length));");
                source.Open("foreach (var segment in value)");
                source.Line("var items = segment.Span;");
                source.Open("for (var index = 0; index < items.Length; index++)");
                source.Line(wire.Write(type.Element, "items[index]"));
                source.Close();
                source.Close();
                break;
            case SequenceWalk.Enumerable:
                source.Line($"{Generic}.IEnumerable<{_element}> items = {plan.Items};");
                EmitFastPaths("items");
                source.Open("if (!global::System.Linq.Enumerable.TryGetNonEnumeratedCount(items, out var count))");
                source.Line($"var copy = new {Generic}.List<{_element}>(items);");
                source.Line("items = copy;");
                source.Line("count = copy.Count;");
                source.Close();
                source.Line();
                EmitEach("items", "count");
                break;
            case SequenceWalk.CountedInterface:
                EmitFastPaths("value");
                EmitEach("value", "value.Count");
                break;
            case SequenceWalk.SetInterface:
                EmitFastPath("value", $"{Generic}.HashSet<{_element}>", "known", "Count");
                EmitEach("value", "value.Count");
                break;
            default:
                var items = plan.Items;
                if (items != "value")
                {
                    source.Line($"var items = {items};");
                    items = "items";
                }

                EmitEach(items, items + ".Count");
                break;
        }
    }

    public void EmitRead()
    {
        source.Line($"var count = global::Streams.PayloadReader.EnterArray(ref reader);");
        var plan = type.Plan;
        switch (plan.Build)
        {
            case SequenceBuild.List:
                source.Line($"var result = new {Generic}.List<{_element}>({Collections}.Capacity<{_element}>(count));");
                EmitAddLoop();
                break;
            case SequenceBuild.Set:
                source.Line($"var result = new {Generic}.HashSet<{_element}>();");
                EmitAddLoop();
                break;
            case SequenceBuild.Itself:
                source.Line($"var result = new {type.Name}();");
                EmitAddLoop();
                break;
            default:
                EmitArrayLoop(source, type.Element, wire);
                if (plan.Build == SequenceBuild.ReversedArray)
                {
                    source.Line("global::System.Array.Reverse(result);");
                }

                break;
        }

        source.Line($"return {Fill(plan.Result)};");
    }

    /// <summary>Emits what reads <c>count</c> elements into the array <c>result</c>.</summary>
    public static void EmitArrayLoop(SourceWriter source, WireType element, WireCode wire)
    {
        source.Line($"var result = {Collections}.NewArray<{element.Name}>(count);");
        source.Open("for (index = 0; index < count; index++)");
        source.Open("if (index == result.Length)");
        source.Line($"{Collections}.Grow(ref result, count);");
        source.Close();
        source.Line();
        source.Line($"result[index] = {wire.Read(element)};");
        source.Close();
        source.Line();
        source.Line("reader.Depth--;");
    }

    private string Fill(string text) => text.Replace("{0}", type.Name).Replace("{1}", _element);

    private void EmitAddLoop()
    {
        source.Open("for (index = 0; index < count; index++)");
        source.Line($"{Fill(type.Plan.Target)}.Add({wire.Read(type.Element)});");
        source.Close();
        source.Line();
        source.Line("reader.Depth--;");
    }

    private void EmitIndexed(string expression, string count)
    {
        var items = expression;
        if (items != "value")
        {
            source.Line($"var items = {Fill(expression)};");
            items = "items";
        }

        // The length of an array or span in the loop itself spares the check of bounds; a count behind an interface is asked for once.
        var length = $"{items}.{count}";
        if (count == "Count")
        {
            source.Line($"var count = {length};");
            length = "count";
        }

        source.Line($"writer.WriteArrayHeader({length});");
        source.Open($"for (var index = 0; index < {length}; index++)");
        source.Line(wire.Write(type.Element, items + "[index]"));
        source.Close();
    }

    private void EmitEach(string items, string count)
    {
        source.Line($"writer.WriteArrayHeader({count});");
        source.Open($"foreach (var item in {items})");
        source.Line(wire.Write(type.Element, "item"));
        source.Close();
    }

    private void EmitFastPaths(string items)
    {
        EmitFastPath(items, _element + "[]", "array", "Length");
        EmitFastPath(items, $"{Generic}.List<{_element}>", "known", "Count");
    }

    private void EmitFastPath(string items, string concrete, string name, string count)
    {
        source.Open($"if ({items} is {concrete} {name})");
        EmitEach(name, $"{name}.{count}");
        source.Line("return;");
        source.Close();
        source.Line();
    }
}
