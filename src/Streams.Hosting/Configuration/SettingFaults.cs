using Microsoft.Extensions.Configuration;

namespace Streams.Hosting.Configuration;

/// <summary>Finds what the section <c>Streams</c> holds that cannot be meant: names nobody knows and texts that are no value of their kind.</summary>
internal static class SettingFaults
{
    /// <summary>Returns every fault of the section.</summary>
    public static IEnumerable<string> Find(IConfigurationSection section)
    {
        string[] known =
        [
            .. SettingTables.Root.Select(setting => setting.Name),
            .. SettingTables.Parts.Keys,
            .. SettingTables.NamedParts.Keys,
        ];
        foreach (var child in section.GetChildren())
        {
            var faults = SettingTables.Parts.TryGetValue(child.Key, out var settings) ? FindIn(child, settings)
                : SettingTables.NamedParts.TryGetValue(child.Key, out settings) ? FindInEach(child, settings)
                : FindAt(child, SettingTables.Root, known);
            foreach (var fault in faults)
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> FindInEach(IConfigurationSection section, IReadOnlyList<Setting> settings)
        => section.GetChildren().SelectMany(entry => FindIn(entry, settings))
            .Concat(IsSingleValue(section) ? [$"'{section.Path}' is '{section.Value}', but takes one part for each name."] : []);

    private static IEnumerable<string> FindIn(IConfigurationSection section, IReadOnlyList<Setting> settings)
    {
        var known = settings.Select(setting => setting.Name).ToArray();
        return IsSingleValue(section)
            ? [$"'{section.Path}' is '{section.Value}', but takes a part with settings: {string.Join(", ", known)}."]
            : section.GetChildren().SelectMany(child => FindAt(child, settings, known));
    }

    private static IEnumerable<string> FindAt(IConfigurationSection child, IReadOnlyList<Setting> settings, IReadOnlyList<string> known)
    {
        var setting = settings.FirstOrDefault(setting => string.Equals(setting.Name, child.Key, StringComparison.OrdinalIgnoreCase));
        if (setting is null)
        {
            yield return $"'{child.Path}' is not known. {NearestName.Advice(child.Key, known)}";
        }
        else if (child.GetChildren().Any())
        {
            yield return $"'{child.Path}' takes a single value, and has parts.";
        }
        else if (!string.IsNullOrEmpty(child.Value) && setting.Fault(child.Value) is { } fault)
        {
            yield return $"'{child.Path}' is '{child.Value}', which {fault}.";
        }
    }

    private static bool IsSingleValue(IConfigurationSection section)
        => !string.IsNullOrEmpty(section.Value) && !section.GetChildren().Any();
}
