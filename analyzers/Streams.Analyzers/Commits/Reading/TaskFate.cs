using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>What becomes of a task where it is made, and where that is decided.</summary>
/// <param name="Use">What becomes of it.</param>
/// <param name="Local">The local that keeps it.</param>
/// <param name="Where">The operation that awaits, keeps or drops it.</param>
internal readonly record struct TaskFate(TaskUse Use, ILocalSymbol? Local, IOperation Where)
{
    private static readonly string[] SameTask = ["ConfigureAwait", "AsTask", "Preserve", "WaitAsync", "ContinueWith", "Unwrap"];

    /// <summary>Whether the method returns the task it is called on, or one that follows it: the one before is what matters.</summary>
    public static bool HandsOn(IMethodSymbol method) => Array.IndexOf(SameTask, method.Name) >= 0;

    /// <summary>Follows a value through everything that hands it on unchanged: conversions, choices, combinators, collections.</summary>
    public static TaskFate Of(IOperation value)
    {
        for (var current = value; ; current = current.Parent!)
        {
            if (Decide(current) is { } fate)
            {
                return fate;
            }
        }
    }

    private static TaskFate? Decide(IOperation current) => current.Parent switch
    {
        null => new(TaskUse.PassedOn, null, current),
        IConversionOperation or IParenthesizedOperation or ICoalesceOperation or ISwitchExpressionArmOperation or ISwitchExpressionOperation
            or IArrayInitializerOperation or IArrayCreationOperation or ICollectionExpressionOperation or ISpreadOperation
            or IDelegateCreationOperation => null,
        IConditionalOperation choice when choice.Type is not null && choice.Condition != current => null,
        IConditionalAccessOperation access when access.WhenNotNull == current => null,
        IObjectOrCollectionInitializerOperation => null,
        IObjectCreationOperation creation when creation.Initializer == current => null,
        IInvocationOperation call when call.Instance == current => DecideReceiver(call),
        IInvocationOperation when current is IArgumentOperation => null,
        IPropertyReferenceOperation { Property.Name: "Result" } result => new(TaskUse.Blocked, null, result),
        IArgumentOperation argument => DecideArgument(argument),
        IAwaitOperation awaiting => new(TaskUse.Awaited, null, awaiting),
        IReturnOperation returning => new(TaskUse.Returned, null, returning),
        IExpressionStatementOperation statement => new(TaskUse.Discarded, null, statement),
        ISimpleAssignmentOperation { Target: IDiscardOperation } discard => new(TaskUse.Discarded, null, discard),
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } assignment => new(TaskUse.Kept, local.Local, assignment),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }
            => new(TaskUse.Kept, declarator.Symbol, declarator),
        var other => new(TaskUse.PassedOn, null, other),
    };

    private static TaskFate? DecideReceiver(IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        return Array.IndexOf(SameTask, name) >= 0 ? null
            : name == "Wait" || (name == "GetAwaiter" && call.Parent is IInvocationOperation { TargetMethod.Name: "GetResult" })
                ? new TaskFate(TaskUse.Blocked, null, call)
                : new TaskFate(TaskUse.PassedOn, null, call);
    }

    private static TaskFate? DecideArgument(IArgumentOperation argument)
    {
        if (argument.Parent is not IInvocationOperation call)
        {
            return new TaskFate(TaskUse.PassedOn, null, argument);
        }

        var name = call.TargetMethod.Name;
        if ((WorkCalls.IsTask(call.TargetMethod.ContainingType) && name is "WhenAll" or "WhenEach")
            || (call.TargetMethod.IsExtensionMethod && call.Arguments[0] == argument
                && (Array.IndexOf(SameTask, name) >= 0 || name is "ToList" or "ToArray" or "AsEnumerable")))
        {
            return null;
        }

        if (WorkCalls.IsTask(call.TargetMethod.ContainingType) && name == "WaitAll")
        {
            return new TaskFate(TaskUse.Blocked, null, call);
        }

        return name is "Add" or "Enqueue" or "Push" && call.Instance is ILocalReferenceOperation collection
            ? new TaskFate(TaskUse.Kept, collection.Local, call)
            : new TaskFate(TaskUse.PassedOn, null, call);
    }
}
