using System.Collections.Concurrent;

namespace Streams.Storage.Tests.Crashes;

/// <summary>Collects what went wrong where an exception would only stop the log that is being watched.</summary>
internal sealed class Failures
{
    private const int ShownMax = 3;

    private readonly ConcurrentQueue<string> _failures = new();

    public void Explain(string where, Action check)
    {
        try
        {
            check();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _failures.Enqueue($"{where}: {error}");
        }
    }

    public async Task ExplainAsync(string where, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _failures.Enqueue($"{where}: {error}");
        }
    }

    public void AssertNone()
    {
        if (!_failures.IsEmpty)
        {
            Assert.Fail($"{_failures.Count} failures:\n{string.Join("\n", _failures.Take(ShownMax))}");
        }
    }

    /// <summary>Gets a value indicating whether something went wrong.</summary>
    public bool Any => !_failures.IsEmpty;
}
