using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>Where a context goes out of sight: into a field, a tuple, a collection, a delegate.</summary>
internal static class ContextUses
{
    /// <summary>Whether a call is given a context.</summary>
    public static bool IsPassedTo(IInvocationOperation call)
        => OutcomeCalls.KindOf(call) is null
            && call.Arguments.Any(argument => OutcomeCalls.IsContext(argument.Value.WithoutConversions().Type));

    /// <summary>The syntax at which a context escapes. References are told from the lambdas that capture contexts by their syntax.</summary>
    public static HashSet<SyntaxNode> FindEscapes(IEnumerable<IOperation> blocks)
    {
        var escapes = new HashSet<SyntaxNode>();
        foreach (var operation in blocks.SelectMany(block => block.DescendantsAndSelf()))
        {
            switch (operation)
            {
                case ILocalReferenceOperation or IParameterReferenceOperation when OutcomeCalls.IsContext(operation.Type)
                    && Escapes(operation):
                    escapes.Add(operation.Syntax);
                    break;
                case IAnonymousFunctionOperation function when SaysOutcome(function.Body):
                    escapes.Add(function.Syntax);
                    break;
                case IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference:
                    escapes.Add(reference.Syntax);
                    break;
                default:
                    break;
            }
        }

        return escapes;
    }

    /// <summary>Whether a body says an outcome, or lets a context go where that might happen.</summary>
    public static bool SaysOutcome(IOperation body)
        => body.Descendants().Any(operation => operation is IInvocationOperation call
            ? OutcomeCalls.KindOf(call) is not null || IsPassedTo(call)
            : operation is ILocalReferenceOperation or IParameterReferenceOperation && OutcomeCalls.IsContext(operation.Type)
                && Escapes(operation));

    private static bool Escapes(IOperation reference)
    {
        var current = reference;
        while (current.Parent is IConversionOperation or IParenthesizedOperation)
        {
            current = current.Parent;
            if (!OutcomeCalls.IsContext(current.Type))
            {
                return true;
            }
        }

        return current.Parent switch
        {
            IMethodReferenceOperation => true,
            IMemberReferenceOperation or IVariableInitializerOperation or IBinaryOperation or INameOfOperation => false,
            IInvocationOperation => false,
            IArgumentOperation { Parent: IInvocationOperation call } => call.IsImplicit,
            ISimpleAssignmentOperation assignment => assignment.Target != current && assignment.Target is not ILocalReferenceOperation,
            _ => true,
        };
    }
}
