using Microsoft.CodeAnalysis;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>
/// The methods that take work to where no handler waits for it. Durable sinks, such as an outbox, are not among them; projects add
/// theirs with <c>streams_handoff_methods</c>.
/// </summary>
internal static class HandoffTable
{
    // Type -> methods. A type stands for those derived from it.
    private static readonly Dictionary<string, string[]> Sinks = new(StringComparer.Ordinal)
    {
        ["System.Threading.Channels.ChannelWriter"] = ["WriteAsync", "TryWrite"],
        ["System.Collections.Generic.Queue"] = ["Enqueue"],
        ["System.Collections.Generic.PriorityQueue"] = ["Enqueue"],
        ["System.Collections.Concurrent.ConcurrentQueue"] = ["Enqueue"],
        ["System.Collections.Concurrent.ConcurrentStack"] = ["Push"],
        ["System.Collections.Concurrent.ConcurrentBag"] = ["Add"],
        ["System.Collections.Concurrent.BlockingCollection"] = ["Add", "TryAdd"],
        ["System.Threading.ThreadPool"] = ["QueueUserWorkItem", "UnsafeQueueUserWorkItem", "RegisterWaitForSingleObject"],
        ["System.Threading.Tasks.Dataflow.DataflowBlock"] = ["Post", "SendAsync"],
        ["Hangfire.BackgroundJob"] = ["Enqueue", "Schedule"],
        ["Hangfire.BackgroundJobClientExtensions"] = ["Enqueue", "Schedule"],
    };

    /// <summary>Whether the method starts a task whose end somebody has to await.</summary>
    public static bool StartsTask(IMethodSymbol method)
        => (method.Name == "Run" && FullName(method.ContainingType) == "System.Threading.Tasks.Task")
            || (method.Name == "StartNew" && FullName(method.ContainingType) == "System.Threading.Tasks.TaskFactory");

    /// <summary>Whether the method takes what it is given to the background, awaited or not.</summary>
    public static bool TakesToBackground(IMethodSymbol method, CommitOptions options)
    {
        if (WorkCalls.Names(options.HandoffMethods, method))
        {
            return true;
        }

        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (Sinks.TryGetValue(FullName(type), out var methods) && Array.IndexOf(methods, method.Name) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an instance runs the delegate it is made with later.</summary>
    public static bool IsBackgroundType(ITypeSymbol? type)
        => type is INamedTypeSymbol named && FullName(named) is "System.Threading.Timer" or "System.Threading.Thread";

    /// <summary>Whether the result of the call may be a task that its type hides.</summary>
    public static bool IsReflection(IMethodSymbol method)
        => (method.Name == "Invoke" && FullName(method.ContainingType) is "System.Reflection.MethodBase" or "System.Reflection.MethodInfo")
            || (method.Name == "DynamicInvoke" && FullName(method.ContainingType) == "System.Delegate");

    private static string FullName(INamedTypeSymbol? type)
        => type is null ? "" : type.ContainingNamespace.ToDisplayString() + "." + type.Name;
}
