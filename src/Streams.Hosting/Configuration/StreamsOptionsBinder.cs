using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Streams.Hosting.Configuration;

/// <summary>
/// Binds the section <c>Streams</c> after all code has had its say, since configuration goes first: who runs an application must not need
/// to build it. Binds nothing where a value cannot be read; the check at start then names all of these at once.
/// </summary>
internal sealed class StreamsOptionsBinder(IServiceProvider services) : IPostConfigureOptions<StreamsOptions>
{
    /// <inheritdoc />
    public void PostConfigure(string? name, StreamsOptions options)
    {
        // A service collection without a host may have no configuration.
        if (name != Options.DefaultName || services.GetService(typeof(IConfiguration)) is not IConfiguration configuration)
        {
            return;
        }

        var section = configuration.GetSection(HostingDefaults.Section);
        if (!SettingFaults.Find(section).Any())
        {
            section.Bind(options);
        }
    }
}
