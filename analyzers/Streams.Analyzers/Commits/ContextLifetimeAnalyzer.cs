using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;
using Streams.Shared;

namespace Streams.Analyzers.Commits;

/// <summary>STRM0021 and STRM0022: commits that a stop cancels, and contexts that outlive their record.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContextLifetimeAnalyzer : HandlerBodyAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [OffsetRules.CancellableCommit, OffsetRules.EscapingContext];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        foreach (var operation in body.Operations.Where(operation => !operation.IsInExpressionTree()))
        {
            if (operation is IInvocationOperation call && OutcomeCalls.KindOf(call) is OutcomeKind.Commit or OutcomeKind.CommitPart
                && FindToken(call, body) is { } token)
            {
                body.Report(OffsetRules.CancellableCommit, token.Syntax.GetLocation(), call.TargetMethod.Name);
            }
            else if (body.RuntimeCommits && OutcomeCalls.IsContext(operation.Type)
                && operation is ILocalReferenceOperation or IParameterReferenceOperation && WhereTo(operation) is { } where)
            {
                body.Report(OffsetRules.EscapingContext, operation.Syntax.GetLocation(), where);
            }
        }
    }

    private static IArgumentOperation? FindToken(IInvocationOperation call, HandlerBody body)
        => call.Arguments.FirstOrDefault(argument =>
            argument.Value.WithoutConversions() is IParameterReferenceOperation { Parameter: var parameter }
            && parameter.Type.Is(WellKnownNames.CancellationToken)
            && body.Role == BodyRole.Handler
            && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, body.Method));

    private static string? WhereTo(IOperation reference)
    {
        var value = reference;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or ITupleOperation)
        {
            value = value.Parent;
        }

        return value.Parent switch
        {
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation } assignment when assignment.Value == value => "into a field",
            ISimpleAssignmentOperation { Target: IPropertyReferenceOperation property } assignment
                when assignment.Value == value && property.Instance?.Type?.Name != "AsyncLocal" => "into a property",
            IArgumentOperation { Parent: IInvocationOperation call } when IsKept(call) => "into a collection",
            _ => FindBackground(reference),
        };
    }

    private static bool IsKept(IInvocationOperation call)
        => call.TargetMethod.Name is "Add" or "TryAdd" or "Enqueue" or "Push" or "TryWrite" or "WriteAsync" or "AddOrUpdate"
            && call.Instance?.WithoutConversions() is IFieldReferenceOperation or IPropertyReferenceOperation;

    // A lambda that runs whenever it likes: nobody awaits the task it runs in.
    private static string? FindBackground(IOperation reference)
    {
        for (var function = reference.FindAround<IAnonymousFunctionOperation>(); function is not null;
            function = function.FindAround<IAnonymousFunctionOperation>())
        {
            switch (OwnerOf(function))
            {
                case IInvocationOperation call when HandoffTable.StartsTask(call.TargetMethod):
                    if (TaskFate.Of(call).Use == TaskUse.Discarded)
                    {
                        return "into a task that nobody awaits";
                    }

                    break;
                case IInvocationOperation { TargetMethod: { Name: "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" } }:
                    return "to the thread pool";
                case IObjectCreationOperation creation when HandoffTable.IsBackgroundType(creation.Type):
                    return "into a timer or thread";
                default:
                    break;
            }
        }

        return null;
    }

    private static IOperation? OwnerOf(IAnonymousFunctionOperation function)
    {
        var current = function.Parent;
        while (current is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
        {
            current = current.Parent;
        }

        return current;
    }
}
