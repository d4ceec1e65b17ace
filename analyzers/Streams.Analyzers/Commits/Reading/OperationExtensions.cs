using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>Questions to operations that several rules ask.</summary>
internal static class OperationExtensions
{
    /// <summary>Whether the operation is data: part of a lambda that becomes an expression tree and does not run here.</summary>
    public static bool IsInExpressionTree(this IOperation operation)
    {
        for (var current = operation; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation { Parent: { Type: { Name: "Expression" } type } }
                && type.ContainingNamespace?.ToDisplayString() == "System.Linq.Expressions")
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The nearest operation of a kind around this one.</summary>
    public static T? FindAround<T>(this IOperation operation)
        where T : class, IOperation
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is T found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>A value without the conversions around it.</summary>
    public static IOperation WithoutConversions(this IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation)
        {
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        }

        return operation;
    }
}
