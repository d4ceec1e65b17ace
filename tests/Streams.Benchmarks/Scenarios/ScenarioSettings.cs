namespace Streams.Benchmarks.Scenarios;

/// <summary>Where and how long a scenario runs.</summary>
/// <param name="Data">A directory of its own, deleted afterwards.</param>
/// <param name="Duration">How long it warms up, and how long each measurement takes.</param>
internal sealed record ScenarioSettings(string Data, TimeSpan Duration);
