using Streams.Shared.Messages;

namespace Streams.Generators.Emitting;

/// <summary>Emits the frame of a reader: nil, depth, locals before; construction and the filter that notes the failing member after.</summary>
internal sealed class ConstructionEmitter(SourceWriter source, ObjectModel model)
{
    public void Begin(string enter)
    {
        source.Open($"public static {model.TypeName} Read({Code.Reader}, {Code.Trace})");
        if (model.IsReference)
        {
            source.Open("if (reader.TryReadNil())");
            source.Line("return null;");
            source.Close();
            source.Line();
        }

        source.Line("var member = -1;");
        source.Open("try");
        source.Line($"var count = global::Streams.{enter}(ref reader);");
        foreach (var member in model.Members)
        {
            source.Line($"{member.Type.Name} value{member.Index} = default;");
        }
    }

    /// <summary>Emits the construction.</summary>
    /// <param name="isThere">The condition under which the bytes held a member.</param>
    public void End(Func<MemberModel, string> isThere)
    {
        source.Line("reader.Depth--;");
        var arguments = model.Members.Where(member => member.ArgumentIndex >= 0).OrderBy(member => member.ArgumentIndex);
        var initializers = model.Members.Where(member => member.Assignment == MemberAssignment.Initializer).ToArray();
        var setters = model.Members.Where(member => member.Assignment == MemberAssignment.Setter).ToArray();
        var creation = $"new {model.TypeName}({string.Join(", ", arguments.Select(member => "value" + member.Index))})";
        if (initializers.Length > 0)
        {
            var assignments = initializers.Select(member => $"{Code.Escape(member.Name)} = value{member.Index}");
            creation += $" {{ {string.Join(", ", assignments)} }}";
        }

        if (setters.Length == 0 && !model.HasCallbacks)
        {
            source.Line($"return {creation};");
        }
        else
        {
            source.Line($"var result = {creation};");
            foreach (var member in setters)
            {
                source.Open($"if ({isThere(member)})");
                source.Line($"result.{Code.Escape(member.Name)} = value{member.Index};");
                source.Close();
                source.Line();
            }

            if (model.HasCallbacks)
            {
                source.Line("global::Streams.PayloadReader.AfterDeserialize(ref result);");
            }

            source.Line("return result;");
        }

        source.Close();
        EmitFilter(source, "MemberName(member)");
        source.Close();
    }

    /// <summary>Emits the filter that notes where reading was; it never catches.</summary>
    public static void EmitFilter(SourceWriter source, string place)
    {
        source.Open($"catch (global::System.Exception) when (trace.Note(ref reader, {place}))");
        source.Line("throw;");
        source.Close();
    }
}
