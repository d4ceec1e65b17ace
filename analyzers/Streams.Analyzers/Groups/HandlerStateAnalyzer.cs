using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;
using Streams.Shared;

namespace Streams.Analyzers.Groups;

/// <summary>STRM0103 and STRM0107: what a handler's body needs from its signature and its class.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerStateAnalyzer : HandlerBodyAnalyzer
{
    private const int Singleton = 1;

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [GroupRules.HandlerWithoutToken, GroupRules.SharedMutableState];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        if (body.Role == BodyRole.Handler
            && !body.Method.Parameters.Any(parameter => parameter.Type.Is(WellKnownNames.CancellationToken))
            && body.Operations.OfType<IInvocationOperation>()
                .Any(call => WorkCalls.IsTask(call.Type) && OutcomeCalls.KindOf(call) is null))
        {
            body.Report(GroupRules.HandlerWithoutToken, body.Method.Locations[0], body.Method.Name);
        }

        if (body.Method.ContainingType.FindAttribute(WellKnownNames.ConsumerGroupAttribute) is { } group
            && group.Named<int>("Lifetime") == Singleton && group.Named<int>("Concurrency") != 1)
        {
            CheckFields(body);
        }
    }

    private static void CheckFields(HandlerBody body)
    {
        foreach (var operation in body.Operations)
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                _ => null,
            };
            if (target is IFieldReferenceOperation { Field: { IsConst: false } field } reference
                && reference.Instance is null or IInstanceReferenceOperation
                && !IsLocked(operation) && !IsPerFlow(field.Type))
            {
                body.Report(GroupRules.SharedMutableState, reference.Syntax.GetLocation(), field.Name, body.Method.ContainingType.Name);
            }
        }
    }

    private static bool IsLocked(IOperation operation) => operation.FindAround<ILockOperation>() is not null;

    private static bool IsPerFlow(ITypeSymbol type) => type.Name is "AsyncLocal" or "ThreadLocal";
}
