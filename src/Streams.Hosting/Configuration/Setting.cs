namespace Streams.Hosting.Configuration;

/// <summary>One setting with a single value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fault">Says what is wrong with a text, or returns <see langword="null"/>.</param>
internal sealed record Setting(string Name, Func<string, string?> Fault);
