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
    builder.Logging
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);   // a start that fails is told below
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
    try
    {
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await host.Services.GetRequiredService<Desk>().RunAsync(runBegan, stopping);
    }
    finally
    {
        await host.StopAsync();   // also after Ctrl+C: what is handled is committed, and the next run goes on behind it
    }

    return 0;
}
catch (OperationCanceledException)
{
    return 130;
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
