using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>STRM0019: calls of a fixed list that keep a thread waiting. Nothing is guessed from names.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCallAnalyzer : HandlerBodyAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CommitRules.BlockingCall];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        foreach (var operation in body.Operations.Where(operation => !operation.IsImplicit && !operation.IsInExpressionTree()))
        {
            var member = operation switch
            {
                IInvocationOperation call when !IsNoWait(call) => (ISymbol)call.TargetMethod,
                IPropertyReferenceOperation property => property.Property,
                _ => null,
            };
            if (member is not null && BlockingTable.RemedyFor(member) is { } remedy && !IsKnownToBeDone(operation, body)
                && !(member.Name == "Enter" && !body.Operations.OfType<IAwaitOperation>().Any()))
            {
                body.Report(CommitRules.BlockingCall, operation.Syntax.GetLocation(), member.Name, remedy);
            }
        }
    }

    // Asking with a timeout of zero does not wait.
    private static bool IsNoWait(IInvocationOperation call)
        => call.Arguments.Any(argument => argument.Parameter is { Type.SpecialType: SpecialType.System_Int32 }
            && argument.Value.ConstantValue is { HasValue: true, Value: 0 });

    // The result of a task that was awaited, or asked whether it is complete, is there.
    private static bool IsKnownToBeDone(IOperation operation, HandlerBody body)
    {
        if (TaskOf(operation) is not { } task)
        {
            return false;
        }

        var symbols = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { task };
        foreach (var loop in body.Operations.OfType<IForEachLoopOperation>())
        {
            if (loop.LoopControlVariable is IVariableDeclaratorOperation variable
                && SymbolEqualityComparer.Default.Equals(variable.Symbol, task)
                && SymbolOf(loop.Collection.WithoutConversions()) is { } collection)
            {
                symbols.Add(collection);
            }
        }

        return body.Operations.Any(other => other.Syntax.SpanStart < operation.Syntax.Span.End && other switch
        {
            IAwaitOperation awaiting => awaiting.Descendants().Any(item => SymbolOf(item) is { } symbol && symbols.Contains(symbol)),
            IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" or "Status", Instance: { } instance }
                => SymbolOf(instance) is { } symbol && symbols.Contains(symbol),
            IVariableDeclaratorOperation { Initializer.Value: { } value } declarator
                => symbols.Contains(declarator.Symbol) && value.WithoutConversions() is IAwaitOperation,
            _ => false,
        });
    }

    private static ISymbol? TaskOf(IOperation operation)
    {
        var receiver = operation is IInvocationOperation call ? call.Instance : ((IPropertyReferenceOperation)operation).Instance;
        while (receiver is IInvocationOperation { TargetMethod.Name: "GetAwaiter" or "ConfigureAwait" } inner)
        {
            receiver = inner.Instance;
        }

        return receiver is null ? null : SymbolOf(receiver.WithoutConversions());
    }

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };
}
