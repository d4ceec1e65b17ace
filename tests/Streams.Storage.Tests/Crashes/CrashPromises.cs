namespace Streams.Storage.Tests.Crashes;

/// <summary>What a log has promised at one moment.</summary>
/// <param name="Acknowledged">The end of what was acknowledged as durable.</param>
/// <param name="Visible">The end of what was visible.</param>
/// <param name="Start">Where it must start at least.</param>
/// <param name="Epoch">The leader epoch it must not fall behind.</param>
internal readonly record struct CrashPromises(long Acknowledged, long Visible, long Start, int Epoch)
{
    /// <summary>Gets the end of what must be there.</summary>
    public long End => Math.Max(Acknowledged, Visible);
}
