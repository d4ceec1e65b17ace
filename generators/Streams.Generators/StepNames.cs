namespace Streams.Generators;

/// <summary>The names of tracked steps; tests ask by them what was cached.</summary>
internal static class StepNames
{
    public const string ReadMessages = nameof(ReadMessages);
    public const string Messages = nameof(Messages);
    public const string PlainTypes = nameof(PlainTypes);
    public const string ReadHandlers = nameof(ReadHandlers);
    public const string ModuleMessages = nameof(ModuleMessages);
    public const string ModuleHandlers = nameof(ModuleHandlers);
    public const string ReferencedModules = nameof(ReferencedModules);
    public const string Module = nameof(Module);
}
