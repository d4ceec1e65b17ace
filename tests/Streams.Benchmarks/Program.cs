using System.Globalization;
using Streams.Benchmarks;
using Streams.Benchmarks.Scenarios;

IScenario[] scenarios = [new ProduceInProcess(), new PipelineInProcess(), new AppendScenario(), new DurableScenario(), new CodecScenario()];

var scenario = args is ["scenario", var name, ..] ? scenarios.FirstOrDefault(scenario => scenario.Name == name) : null;
if (scenario is null)
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/Streams.Benchmarks -- scenario NAME [seconds]");
    foreach (var known in scenarios)
    {
        Console.Error.WriteLine($"  {known.Name,-18} {known.Description}");
    }

    return 2;
}

#if DEBUG
Console.Error.WriteLine("This is a Debug build: the figures mean nothing. Say -c Release.");
#endif

var seconds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 10;
var data = Directory.CreateTempSubdirectory("streams-benchmark-");
try
{
    await scenario.RunAsync(new(data.FullName, TimeSpan.FromSeconds(seconds)));
    return 0;
}
finally
{
    data.Delete(recursive: true);
}
