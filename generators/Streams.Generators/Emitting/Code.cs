using Microsoft.CodeAnalysis.CSharp;

namespace Streams.Generators.Emitting;

/// <summary>Pieces of source that every emitter needs.</summary>
internal static class Code
{
    public const string Reader = "ref global::MessagePack.MessagePackReader reader";
    public const string Writer = "ref global::MessagePack.MessagePackWriter writer";
    public const string Trace = "ref global::Streams.PayloadTrace trace";

    public const string TypeAttributes =
        "[global::System.CodeDom.Compiler.GeneratedCode(\"Streams.Generators\", \"1\")]\n"
        + "[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]\n"
        + "[global::System.Diagnostics.DebuggerNonUserCode]\n"
        + "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    /// <summary>What stands on internal types: without <c>Embedded</c> they clash where assemblies see each other's internals.</summary>
    public const string InternalTypeAttributes = "[global::Microsoft.CodeAnalysis.Embedded]\n" + TypeAttributes;

    public const string MemberAttributes =
        "[global::System.CodeDom.Compiler.GeneratedCode(\"Streams.Generators\", \"1\")]\n"
        + "[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]\n"
        + "[global::System.Diagnostics.DebuggerNonUserCode]";

    /// <summary>Writes the attribute that lets code use what is obsolete as an error, where the object has such a thing.</summary>
    public static void Forbid(SourceWriter source, Streams.Shared.Messages.PayloadModel? model)
    {
        if (model is { IsForbidden: true })
        {
            source.Line("[global::System.Obsolete]");
        }
    }

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static string Literal(bool value) => value ? "true" : "false";

    public static string Literal(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A member's name, escaped where it is a keyword.</summary>
    public static string Escape(string name)
        => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None
            ? name
            : "@" + name;

    public static void Lines(this SourceWriter writer, string lines)
    {
        foreach (var line in lines.Split('\n'))
        {
            writer.Line(line);
        }
    }
}
