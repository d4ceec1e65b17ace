using System.Reflection;
using Streams.Hosting.Configuration;

namespace Streams.Hosting.Tests.Validation;

/// <summary>The tables of settings are written out by hand, because nothing in the product uses reflection; the test does.</summary>
public sealed class SettingTablesTests
{
    [Fact]
    public void Tables_NameEveryOptionThereIs()
    {
        Assert.Equal(OptionsOf<EmbeddedBrokerOptions>(), NamesOf(SettingTables.Broker));
        Assert.Equal(OptionsOf<ProducerOptions>(), NamesOf(SettingTables.Producer));
        Assert.Equal(OptionsOf<TopicOptions>(), NamesOf(SettingTables.Topic));
        Assert.Equal(OptionsOf<GroupOptions>(), NamesOf(SettingTables.Group));
        Assert.Equal(
            OptionsOf<StreamsOptions>(),
            NamesOf(SettingTables.Root)
                .Concat(SettingTables.Parts.Keys)
                .Concat(SettingTables.NamedParts.Keys)
                .Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> OptionsOf<T>()
        => typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(option => option.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> NamesOf(IReadOnlyList<Setting> settings)
        => settings.Select(setting => setting.Name).Order(StringComparer.Ordinal);
}
