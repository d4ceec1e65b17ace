using Streams.Shared;

namespace Streams.Generators;

/// <summary>What registration needs to know of the compilation as a whole.</summary>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="Modules">The modules of referenced assemblies, as generated code names them.</param>
internal sealed record ReferencesModel(string Assembly, EquatableArray<string> Modules);
