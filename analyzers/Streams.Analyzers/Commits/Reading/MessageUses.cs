using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Shared;
using Streams.Shared.Handlers;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>
/// The message of a body and what is made from it: parameters and locals, whatever the order of statements. Immutable once read.
/// </summary>
internal sealed class MessageUses
{
    private const int RoundsMax = 4;

    private readonly HashSet<ISymbol> _symbols = new(SymbolEqualityComparer.Default);

    private MessageUses()
    {
    }

    /// <summary>Finds the symbols that hold the message or parts of it.</summary>
    public static MessageUses Read(IMethodSymbol method, IEnumerable<IOperation> blocks)
    {
        var uses = new MessageUses();
        foreach (var parameter in method.Parameters.Where(parameter => IsMessage(parameter.Type)))
        {
            uses._symbols.Add(parameter);
        }

        var operations = blocks.SelectMany(block => block.DescendantsAndSelf()).ToArray();
        foreach (var parameter in operations.OfType<ILocalFunctionOperation>().SelectMany(function => function.Symbol.Parameters)
            .Where(parameter => IsMessage(parameter.Type)))
        {
            uses._symbols.Add(parameter);
        }

        for (var round = 0; round < RoundsMax && operations.Count(uses.Spread) > 0; round++)
        {
            // Until nothing new holds a part of the message: a later round sees what an earlier one found.
        }

        return uses;
    }

    /// <summary>Whether values of the type are messages, or batches or records of them.</summary>
    public static bool IsMessage(ITypeSymbol type)
    {
        type.IsNullableValue(out var inner);
        if (inner is not INamedTypeSymbol named)
        {
            return false;
        }

        return named.Is(WellKnownCommitNames.MessageBatch) || named.Is(WellKnownCommitNames.RawRecord)
            || named.Is(WellKnownCommitNames.Record)
            || named.BaseFirst().Any(level => MessageReference.AttributeOf(level) is not null);
    }

    /// <summary>Whether the symbol holds the message or a part of it.</summary>
    public bool Holds(ISymbol symbol) => _symbols.Contains(symbol);

    /// <summary>Whether the message or a part of it is used in an expression.</summary>
    public bool IsMentioned(IOperation operation)
        => operation.DescendantsAndSelf()
            .Any(item => SymbolOf(item) is { } symbol && _symbols.Contains(symbol) && !IsInNameOf(item, operation));

    /// <summary>Whether the expression gives away the message itself: not one of its members, but the object, or one that captures it.</summary>
    public bool IsGivenAway(IOperation operation)
        => operation.DescendantsAndSelf().Any(item => SymbolOf(item) is { } symbol && _symbols.Contains(symbol)
            && IsMessage(item.Type!) && item.Parent is not IMemberReferenceOperation && !IsInNameOf(item, operation));

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static bool IsInNameOf(IOperation operation, IOperation root)
    {
        for (var current = operation.Parent; current is not null && current != root; current = current.Parent)
        {
            if (current is INameOfOperation)
            {
                return true;
            }
        }

        return false;
    }

    // Returns whether the operation makes one more symbol hold a part of the message.
    private bool Spread(IOperation operation) => operation switch
    {
        IVariableDeclaratorOperation { Initializer.Value: { } value } declarator => IsMentioned(value) && Add(declarator.Symbol),
        IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation variable } loop
            => IsMentioned(loop.Collection) && Add(variable.Symbol),
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment
            => IsMentioned(assignment.Value) && Add(target.Local),
        IDeconstructionAssignmentOperation assignment => IsMentioned(assignment.Value) && AddAll(assignment.Target),
        IIsPatternOperation pattern => IsMentioned(pattern.Value) && AddPatterns(pattern.Pattern),
        ISwitchOperation choice => IsMentioned(choice.Value) && choice.Cases.Count(item => item.Clauses.Count(AddPatterns) > 0) > 0,
        ISwitchExpressionOperation choice => IsMentioned(choice.Value) && choice.Arms.Count(arm => AddPatterns(arm.Pattern)) > 0,
        IAnonymousFunctionOperation function => CallOf(function) is { } call && IsMentionedBeside(call, function)
            && function.Symbol.Parameters.Count(Add) > 0,
        _ => false,
    };

    private bool AddAll(IOperation target)
        => target.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Count(reference => Add(reference.Local)) > 0;

    private bool AddPatterns(IOperation pattern)
        => pattern.DescendantsAndSelf().OfType<IDeclarationPatternOperation>()
            .Count(item => item.DeclaredSymbol is { } symbol && Add(symbol)) > 0;

    private bool IsMentionedBeside(IInvocationOperation call, IAnonymousFunctionOperation function)
        => (call.Instance is { } instance && IsMentioned(instance))
            || call.Arguments.Any(argument => !argument.Descendants().Contains(function) && IsMentioned(argument));

    private static IInvocationOperation? CallOf(IAnonymousFunctionOperation function)
    {
        var current = function.Parent;
        while (current is IDelegateCreationOperation or IConversionOperation or IArgumentOperation)
        {
            current = current.Parent;
        }

        return current as IInvocationOperation;
    }

    private bool Add(ISymbol symbol) => CanHoldPart(symbol) && _symbols.Add(symbol);

    // An answer, a token or a failure is nothing of the message, even if it came from handling it.
    private static bool CanHoldPart(ISymbol symbol)
        => ((symbol as ILocalSymbol)?.Type ?? (symbol as IParameterSymbol)?.Type) is { } type
            && type.SpecialType != SpecialType.System_Boolean
            && type.Name is not ("CancellationToken" or "CancellationTokenSource")
            && !OutcomeCalls.IsContext(type)
            && !type.Name.EndsWith("Exception", StringComparison.Ordinal);
}
