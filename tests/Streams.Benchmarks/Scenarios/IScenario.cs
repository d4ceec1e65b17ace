namespace Streams.Benchmarks.Scenarios;

/// <summary>One thing that is measured, warmed up first, printed at the end.</summary>
internal interface IScenario
{
    /// <summary>Gets what it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Gets what it measures.</summary>
    string Description { get; }

    /// <summary>Runs it.</summary>
    Task RunAsync(ScenarioSettings settings);
}
