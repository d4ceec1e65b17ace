using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using QuakeDesk;
using Streams;

try
{
    var runBegan = TimeProvider.System.GetUtcNow();
    var options = DeskOptions.Parse(args);

    var builder = Host.CreateApplicationBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    builder.AddStreams(streams => streams
        .UseEmbeddedBroker(options.Data)
        .AddHandlers());
    builder.Services
        .AddSingleton(options)
        .AddSingleton<Feed>()
        .AddSingleton<Progress>()
        .AddSingleton<Report>()
        .AddSingleton<Crash>()
        .AddSingleton<Desk>();

    using var host = builder.Build();
    await host.StartAsync();
    var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    await host.Services.GetRequiredService<Desk>().RunAsync(runBegan, stopping);
    await host.StopAsync();
    return 0;
}
catch (FormatException error)
{
    Console.Error.WriteLine($"{error.Message}\n\n{DeskOptions.Usage}");
    return 2;
}
catch (StreamsException error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
