using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>STRM0009 and STRM0010: work that goes on after its handler has returned, by way of a queue or because nobody awaits it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BackgroundWorkAnalyzer : HandlerBodyAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [CommitRules.WorkHandedToBackground, CommitRules.FireAndForget];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        if (body.IsAtMostOnce)
        {
            return;
        }

        foreach (var operation in body.Operations.Where(operation => !operation.IsImplicit && !operation.IsInExpressionTree()))
        {
            if (operation is IInvocationOperation or IObjectCreationOperation && IsHandedOff(operation, body))
            {
                if (body.RuntimeCommits)
                {
                    body.Report(CommitRules.WorkHandedToBackground, operation.Syntax.GetLocation(), NameOf(operation));
                }
            }
            else if (FindForgotten(operation) is { } forgotten)
            {
                body.Report(CommitRules.FireAndForget, operation.Syntax.GetLocation(), forgotten);
            }
        }
    }

    // A worker that acknowledges through the context is how Manual hands work on; there nothing is reported.
    private static bool IsHandedOff(IOperation operation, HandlerBody body) => operation switch
    {
        IObjectCreationOperation creation => HandoffTable.IsBackgroundType(creation.Type)
            && creation.Arguments.Any(argument => body.Message.IsMentioned(argument)),
        IInvocationOperation call when HandoffTable.StartsTask(call.TargetMethod)
            => !IsLookedAt(call, body) && call.Arguments.Any(argument => body.Message.IsMentioned(argument))
                && (body.RuntimeCommits || Captures(call)),
        IInvocationOperation call => HandoffTable.TakesToBackground(call.TargetMethod, body.Options)
            && !IsOwnLocal(call.Instance)
            && call.Arguments.Any(argument => body.Message.IsGivenAway(argument)),
        _ => false,
    };

    // A queue that is made here and held by a local is a tool of this body, not a way out of it.
    private static bool IsOwnLocal(IOperation? receiver)
    {
        var root = receiver?.WithoutConversions();
        while (root is IPropertyReferenceOperation { Instance: { } instance })
        {
            root = instance.WithoutConversions();
        }

        return root is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: { Length: 1 } declarations }
            && declarations[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax
                or CollectionExpressionSyntax or InvocationExpressionSyntax };
    }

    private static bool IsLookedAt(IInvocationOperation call, HandlerBody body)
    {
        var fate = TaskFate.Of(call);
        return fate.Use switch
        {
            TaskUse.Discarded => false,
            TaskUse.Kept => body.Operations.OfType<ILocalReferenceOperation>()
                .Any(reference => SymbolEqualityComparer.Default.Equals(reference.Local, fate.Local)
                    && !(reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference)),
            _ => true,
        };
    }

    private static bool Captures(IInvocationOperation call)
        => call.Arguments.Any(argument => argument.Descendants().Any(item => OutcomeCalls.IsContext(item.Type)));

    private static string? FindForgotten(IOperation operation) => operation switch
    {
        IInvocationOperation call when OutcomeCalls.KindOf(call) is null => IsForgotten(call) ? $"'{call.TargetMethod.Name}'" : null,
        IAwaitOperation { Parent: IExpressionStatementOperation } awaiting when WorkCalls.IsTask(awaiting.Type) => "the inner task",
        IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } => "this async lambda, which returns no task",
        _ => null,
    };

    private static bool IsForgotten(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method is { IsAsync: true, ReturnsVoid: true })
        {
            return true;
        }

        // STRM0011 speaks of producers.
        if (method.Name is "DisposeAsync" or "CancelAsync" || TaskFate.HandsOn(method) || Producing.IsProduceAsync(call))
        {
            return false;
        }

        return (WorkCalls.IsTask(call.Type) || HandoffTable.IsReflection(method)) && TaskFate.Of(call).Use == TaskUse.Discarded;
    }

    private static string NameOf(IOperation operation)
        => operation is IInvocationOperation call ? call.TargetMethod.Name : operation.Type!.Name;
}
