namespace Streams.Hosting.Model;

/// <summary>Replaces the placeholder of topic names and group ids. Immutable.</summary>
/// <param name="environment">The name of the host's environment.</param>
internal sealed class RealNames(string environment)
{
    /// <summary>What stands for the environment's name.</summary>
    public const string Placeholder = "{Environment}";

    /// <summary>Returns the real name.</summary>
    /// <param name="declared">The name as the attribute has it.</param>
    public string Of(string declared) => declared.Replace(Placeholder, environment, StringComparison.Ordinal);
}
