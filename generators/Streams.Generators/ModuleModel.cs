using Streams.Shared;

namespace Streams.Generators;

/// <summary>What an assembly registers.</summary>
/// <param name="References">The assembly and what it references; null where it does not reference Streams.</param>
/// <param name="Messages">Its messages.</param>
/// <param name="Dispatchers">The dispatchers of its handlers.</param>
internal sealed record ModuleModel(ReferencesModel? References, EquatableArray<string> Messages, EquatableArray<string> Dispatchers);
