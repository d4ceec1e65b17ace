using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>Decides what a call matters for the message. By names where there is nothing better; silent calls are the safe side.</summary>
internal static class WorkCalls
{
    private static readonly string[] DurableWrites =
        ["Save", "Commit", "Publish", "Send", "Produce", "Write", "Insert", "Update", "Delete", "Upsert"];

    private static readonly string[] Reads =
        ["Get", "Find", "Fetch", "Load", "Read", "Query", "Lookup", "Exists", "Any", "List", "Search", "Is", "Has", "Can", "Try", "Count"];

    private static readonly string[] Checks = ["Validate", "Ensure", "Check", "Verify", "Guard", "ThrowIf", "Throw", "Assert", "Require"];

    private static readonly string[] HarmlessNamespaces =
        ["Microsoft.Extensions.Logging", "Microsoft.Extensions.Caching", "System.Diagnostics", "Serilog", "NLog", "OpenTelemetry"];

    private static readonly string[] HarmlessTypes =
        ["Logger", "Logs", "Metrics", "Metric", "Telemetry", "Meter", "Counter", "Cache", "Tracer", "Console", "Stopwatch"];

    public static WorkKind KindOf(IInvocationOperation call, MessageUses message, CommitOptions options)
    {
        var method = call.TargetMethod;
        if (OutcomeCalls.KindOf(call) is not null || call.IsImplicit || IsHarmless(call))
        {
            return WorkKind.None;
        }

        if (Names(options.WorkMethods, method))
        {
            return WorkKind.Work;
        }

        var isTask = IsTask(method.ReturnType);
        var isMentioned = IsMentionedIn(call, message);
        if ((StartsWithWord(method.Name, DurableWrites) && (isTask || isMentioned))
            || method.Name is "SaveChanges" or "Commit"
            || DoesWorkInLambda(call, message, options))
        {
            return WorkKind.Work;
        }

        if (!isMentioned)
        {
            return IsFramework(method) && !isTask ? WorkKind.None : WorkKind.Other;
        }

        if (isTask)
        {
            return StartsWithWord(method.Name, Reads) ? WorkKind.Other : WorkKind.Work;
        }

        return IsFramework(method) ? WorkKind.None
            : method.ReturnsVoid && !StartsWithWord(method.Name, Checks) ? WorkKind.Work
            : WorkKind.Other;
    }

    /// <summary>Whether values of the type can be awaited.</summary>
    public static bool IsTask(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks" } space }
            && space.ToDisplayString() == "System.Threading.Tasks";

    /// <summary>Whether a list of an option holds the method, as <c>Name</c> or <c>Type.Name</c>.</summary>
    public static bool Names(IReadOnlyCollection<string> list, IMethodSymbol method)
        => list.Count > 0 && (list.Contains(method.Name) || list.Contains(method.ContainingType?.Name + "." + method.Name));

    /// <summary>Whether the first word of a name is one of these.</summary>
    public static bool StartsWithWord(string name, IEnumerable<string> words)
        => words.Any(word => name.StartsWith(word, StringComparison.Ordinal)
            && (name.Length == word.Length || !char.IsLower(name[word.Length])));

    /// <summary>Whether a call does nothing that could be lost: logging, telemetry, caches and the combinators of tasks.</summary>
    public static bool IsHarmless(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;
        var receiver = call.Instance?.Type ?? type;
        return type is null
            || IsTask(type)
            || method.Name is "Dispose" or "DisposeAsync" or "ToString" or "Equals" or "GetHashCode" or "Cancel" or "CancelAsync"
            || OutcomeCalls.IsContext(receiver)
            || IsHarmlessType(type) || IsHarmlessType(receiver)
            || call.Arguments.Any(argument => argument.Value.Type is { Name: "ILogger" });
    }

    private static bool IsHarmlessType(ITypeSymbol type)
    {
        var space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return Array.Exists(HarmlessNamespaces, name => space == name || space.StartsWith(name + ".", StringComparison.Ordinal))
            || type.Name == "Log"
            || Array.Exists(HarmlessTypes, name => EndsWithWord(type.Name, name));
    }

    private static bool EndsWithWord(string name, string word)
        => name.EndsWith(word, StringComparison.Ordinal)
            && (name.Length == word.Length || !char.IsUpper(name[name.Length - word.Length - 1]) || name.Length == word.Length + 1);

    private static bool IsFramework(IMethodSymbol method)
    {
        var space = method.ContainingNamespace?.ToDisplayString() ?? "";
        return space == "System" || space.StartsWith("System.", StringComparison.Ordinal)
            || space.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);
    }

    // What a lambda does with the message is done by whoever is given the lambda.
    private static bool DoesWorkInLambda(IInvocationOperation call, MessageUses message, CommitOptions options)
        => call.Arguments.SelectMany(argument => argument.Descendants().OfType<IAnonymousFunctionOperation>())
            .SelectMany(function => function.Descendants().OfType<IInvocationOperation>())
            .Any(inner => KindOf(inner, message, options) == WorkKind.Work);

    private static bool IsMentionedIn(IInvocationOperation call, MessageUses message)
        => (call.Instance is { } instance && message.IsMentioned(instance)) || call.Arguments.Any(message.IsMentioned);
}
