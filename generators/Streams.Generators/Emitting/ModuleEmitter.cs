using Streams.Shared;

namespace Streams.Generators.Emitting;

/// <summary>Emits what registers an assembly's messages and handlers, and the methods an application calls.</summary>
internal static class ModuleEmitter
{
    private const string Builder = "global::Streams.StreamsBuilder";

    public static string ModuleName(string assembly) => GeneratedNames.Identifier(assembly) + "_Module";

    public static string EmitModule(string assembly, EquatableArray<string> messages, EquatableArray<string> dispatchers)
    {
        var name = ModuleName(assembly);
        var source = SourceWriter.BeginFile();
        source.Line($"[assembly: global::Streams.StreamsModule(typeof(global::Streams.Generated.{name}))]");
        source.Line();
        source.Open("namespace Streams.Generated");
        source.Line("/// <summary>Registers what this assembly declares. Called by the assemblies that reference it.</summary>");
        source.Lines(Code.TypeAttributes);
        source.Open($"public static class {name}");
        source.Open($"public static void AddMessages({Builder} streams)");
        foreach (var message in messages)
        {
            source.Line($"streams.AddMessage<{message}>();");
        }

        source.Close();
        source.Line();
        source.Open($"public static void AddHandlers({Builder} streams)");
        source.Line("AddMessages(streams);");
        foreach (var dispatcher in dispatchers)
        {
            source.Line($"streams.AddHandler({dispatcher}.Descriptor);");
        }

        source.CloseAll();
        return source.ToString();
    }

    public static string EmitExtensions(IEnumerable<string> modules)
    {
        var all = modules.ToArray();
        var source = SourceWriter.BeginFile();
        source.Open("namespace Streams");
        source.Line("/// <summary>");
        source.Line("/// Registers the messages and handlers of this assembly and of those it references. Twice is harmless.");
        source.Line("/// </summary>");
        source.Line("[global::Microsoft.CodeAnalysis.Embedded]");
        source.Lines(Code.MemberAttributes);
        source.Open("internal static class StreamsGeneratedExtensions");
        EmitMethod(source, all, "AddHandlers", "Adds messages and handlers.");
        source.Line();
        EmitMethod(source, all, "AddMessages", "Adds messages only: producers and readers, no groups.");
        source.CloseAll();
        return source.ToString();
    }

    /// <summary>
    /// The attribute that keeps generated types out of the sight of other assemblies. The compiler knows it by its name; other
    /// generators may add it too, hence partial.
    /// </summary>
    public static string EmitEmbeddedAttribute()
    {
        var source = SourceWriter.BeginFile();
        source.Open("namespace Microsoft.CodeAnalysis");
        source.Open("internal sealed partial class EmbeddedAttribute : global::System.Attribute");
        source.CloseAll();
        return source.ToString();
    }

    private static void EmitMethod(SourceWriter source, string[] modules, string name, string summary)
    {
        source.Line($"/// <summary>{summary}</summary>");
        source.Open($"public static {Builder} {name}(this {Builder} streams)");
        source.Line("global::System.ArgumentNullException.ThrowIfNull(streams);");
        foreach (var module in modules)
        {
            source.Line($"{module}.{name}(streams);");
        }

        source.Line("return streams;");
        source.Close();
    }
}
