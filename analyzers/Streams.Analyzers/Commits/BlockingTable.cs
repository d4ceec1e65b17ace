using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Commits;

/// <summary>The calls that keep a thread waiting, each with what to write instead.</summary>
internal static class BlockingTable
{
    private static readonly Dictionary<string, string> Remedies = new(StringComparer.Ordinal)
    {
        ["System.Threading.Tasks.Task.Wait"] = "await",
        ["System.Threading.Tasks.Task.Result"] = "await",
        ["System.Threading.Tasks.ValueTask.Result"] = "await",
        ["System.Threading.Tasks.Task.WaitAll"] = "'await Task.WhenAll'",
        ["System.Threading.Tasks.Task.WaitAny"] = "'await Task.WhenAny'",
        ["System.Runtime.CompilerServices.TaskAwaiter.GetResult"] = "await",
        ["System.Runtime.CompilerServices.ValueTaskAwaiter.GetResult"] = "await",
        ["System.Runtime.CompilerServices.ConfiguredTaskAwaiter.GetResult"] = "await",
        ["System.Runtime.CompilerServices.ConfiguredValueTaskAwaiter.GetResult"] = "await",
        ["System.Threading.Thread.Sleep"] = "'await Task.Delay'",
        ["System.Threading.Thread.Join"] = "a task that is awaited",
        ["System.Threading.SemaphoreSlim.Wait"] = "'await WaitAsync'",
        ["System.Threading.ManualResetEventSlim.Wait"] = "a TaskCompletionSource that is awaited",
        ["System.Threading.CountdownEvent.Wait"] = "'await Task.WhenAll'",
        ["System.Threading.Barrier.SignalAndWait"] = "'await Task.WhenAll'",
        ["System.Threading.WaitHandle.WaitOne"] = "a TaskCompletionSource that is awaited",
        ["System.Threading.WaitHandle.WaitAll"] = "'await Task.WhenAll'",
        ["System.Threading.WaitHandle.WaitAny"] = "'await Task.WhenAny'",
        ["System.Threading.SpinWait.SpinUntil"] = "a TaskCompletionSource that is awaited",
        ["System.Threading.Monitor.Enter"] = "a SemaphoreSlim and 'await WaitAsync'",
        ["System.Threading.Monitor.Wait"] = "a TaskCompletionSource that is awaited",
        ["System.Collections.Concurrent.BlockingCollection.Take"] = "a Channel",
        ["System.IO.File.ReadAllText"] = "'await File.ReadAllTextAsync'",
        ["System.IO.File.ReadAllLines"] = "'await File.ReadAllLinesAsync'",
        ["System.IO.File.ReadAllBytes"] = "'await File.ReadAllBytesAsync'",
        ["System.IO.File.WriteAllText"] = "'await File.WriteAllTextAsync'",
        ["System.IO.File.WriteAllLines"] = "'await File.WriteAllLinesAsync'",
        ["System.IO.File.WriteAllBytes"] = "'await File.WriteAllBytesAsync'",
        ["System.IO.File.AppendAllText"] = "'await File.AppendAllTextAsync'",
        ["System.IO.File.AppendAllLines"] = "'await File.AppendAllLinesAsync'",
        ["System.IO.File.AppendAllBytes"] = "'await File.AppendAllBytesAsync'",
        ["System.Net.Http.HttpClient.Send"] = "'await SendAsync'",
        ["System.Net.Dns.GetHostAddresses"] = "'await Dns.GetHostAddressesAsync'",
        ["System.Net.Dns.GetHostEntry"] = "'await Dns.GetHostEntryAsync'",
        ["System.Net.Mail.SmtpClient.Send"] = "'await SendMailAsync'",
        ["System.Diagnostics.Process.WaitForExit"] = "'await WaitForExitAsync'",
        ["System.Data.Common.DbCommand.ExecuteNonQuery"] = "'await ExecuteNonQueryAsync'",
        ["System.Data.Common.DbCommand.ExecuteReader"] = "'await ExecuteReaderAsync'",
        ["System.Data.Common.DbCommand.ExecuteScalar"] = "'await ExecuteScalarAsync'",
        ["System.Data.Common.DbConnection.Open"] = "'await OpenAsync'",
        ["System.Data.Common.DbTransaction.Commit"] = "'await CommitAsync'",
        ["Microsoft.EntityFrameworkCore.DbContext.SaveChanges"] = "'await SaveChangesAsync'",
    };

    /// <summary>What to write instead of a member that blocks; null for every other.</summary>
    public static string? RemedyFor(ISymbol member)
    {
        for (var type = member.ContainingType; type is not null; type = type.BaseType)
        {
            if (Remedies.TryGetValue($"{type.ContainingNamespace?.ToDisplayString()}.{type.Name}.{member.Name}", out var remedy))
            {
                return remedy;
            }
        }

        return null;
    }
}
