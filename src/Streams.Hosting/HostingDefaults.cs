namespace Streams.Hosting;

/// <summary>Where the numbers of this room come from.</summary>
internal static class HostingDefaults
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Streams";

    /// <summary>Below the 30 s of <c>HostOptions.ShutdownTimeout</c>, so that the final commits have time left.</summary>
    public static readonly TimeSpan ShutdownDrain = TimeSpan.FromSeconds(20);
}
