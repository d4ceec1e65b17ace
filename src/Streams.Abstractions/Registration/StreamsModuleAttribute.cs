using System.ComponentModel;

namespace Streams;

/// <summary>Names the generated class that registers an assembly's messages and handlers. Emitted by the source generator.</summary>
/// <param name="module">A class with the static methods <c>AddMessages(StreamsBuilder)</c> and <c>AddHandlers(StreamsBuilder)</c>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class StreamsModuleAttribute(Type module) : Attribute
{
    /// <summary>Gets the generated class.</summary>
    public Type Module { get; } = module;
}
