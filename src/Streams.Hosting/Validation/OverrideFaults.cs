using Streams.Hosting.Configuration;
using Streams.Hosting.Model;

namespace Streams.Hosting.Validation;

/// <summary>Finds overrides of topics and groups that this host does not have: most often a slip of the keyboard.</summary>
internal static class OverrideFaults
{
    /// <summary>Returns every fault.</summary>
    public static IEnumerable<string> Find<TOptions>(
        HostModel model,
        IDictionary<string, TOptions> overrides,
        IEnumerable<string> known,
        string part,
        string noun,
        string way)
    {
        string[] names = [.. known];
        return overrides.Keys
            .Where(key => !names.Contains(model.Names.Of(key), StringComparer.Ordinal))
            .Select(key => $"'Streams:{part}:{key}' names no {noun}. {NearestName.Advice(key, names)} "
                + $"Correct the name, call {way}, or remove the entry.");
    }
}
