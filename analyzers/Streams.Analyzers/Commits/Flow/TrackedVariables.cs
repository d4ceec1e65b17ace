using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>
/// The few variables whose values are followed, because conditions ask for them: success flags, counters of tries, exceptions kept for
/// later. A value is a byte: 0 is unknown, booleans are 1 (false) and 2 (true), references 1 (null) and 2 (not null), and integers
/// stand at a distance from zero that leaves room for a few below.
/// </summary>
internal sealed class TrackedVariables
{
    private const int Slots = 8;
    private const int Zero = 16;
    private const int ValueMax = 32;

    private readonly Dictionary<ISymbol, int> _slots = new(SymbolEqualityComparer.Default);

    private TrackedVariables()
    {
    }

    /// <summary>Chooses variables of a graph: those its conditions ask for, unless something out of sight may change them.</summary>
    public static TrackedVariables Choose(ControlFlowGraph graph)
    {
        var variables = new TrackedVariables();
        var candidates = graph.Blocks.Where(block => block.BranchValue is not null)
            .SelectMany(block => block.BranchValue!.DescendantsAndSelf())
            .Select(SymbolOf)
            .Where(symbol => symbol is not null && CanBeTracked(symbol));
        var hidden = new HashSet<ISymbol>(HiddenWrites(graph), SymbolEqualityComparer.Default);
        foreach (var symbol in candidates)
        {
            if (variables._slots.Count < Slots && !hidden.Contains(symbol!) && !variables._slots.ContainsKey(symbol!))
            {
                variables._slots.Add(symbol!, variables._slots.Count);
            }
        }

        return variables;
    }

    /// <summary>Applies an operation that may change a variable.</summary>
    public ulong Apply(IOperation operation, ulong values)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation assignment when SlotOf(assignment.Target) is { } slot:
                return With(values, slot, ValueOf(assignment.Value, values));
            case IIncrementOrDecrementOperation step when SlotOf(step.Target) is { } slot:
                return With(values, slot, Moved(Get(values, slot), step.Kind == OperationKind.Increment ? 1 : -1));
            case ICompoundAssignmentOperation compound when SlotOf(compound.Target) is { } slot:
                var distance = compound.Value.ConstantValue is { HasValue: true, Value: int constant } ? constant : (int?)null;
                return With(values, slot, (compound.OperatorKind, distance) switch
                {
                    (BinaryOperatorKind.Add, { } by) => Moved(Get(values, slot), by),
                    (BinaryOperatorKind.Subtract, { } by) => Moved(Get(values, slot), -by),
                    _ => 0,
                });
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument when SlotOf(argument.Value) is { } slot:
                return With(values, slot, 0);
            default:
                return values;
        }
    }

    /// <summary>What a condition is, given the values; null where that cannot be told.</summary>
    public bool? Evaluate(IOperation condition, ulong values)
    {
        condition = condition.WithoutConversions();
        if (condition.ConstantValue is { HasValue: true, Value: bool constant })
        {
            return constant;
        }

        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Evaluate(not.Operand, values) is { } operand ? !operand : null;
            case IBinaryOperation binary when Number(binary.LeftOperand, values) is { } left
                && Number(binary.RightOperand, values) is { } right:
                return Compare(binary.OperatorKind, left, right);
            case var other when AskedFor(other) is { } asked:
                var value = Get(values, asked.Slot);
                return value == 0 ? null : value == asked.Value;
            default:
                return null;
        }
    }

    /// <summary>The values on the way where a condition turned out so.</summary>
    public ulong Refine(IOperation condition, bool outcome, ulong values)
    {
        condition = condition.WithoutConversions();
        return condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not ? Refine(not.Operand, !outcome, values)
            : AskedFor(condition) is not { } asked ? values
            : outcome ? With(values, asked.Slot, asked.Value)
            : asked.Value <= 2 ? With(values, asked.Slot, 3 - asked.Value)
            : values;
    }

    // The variable a condition asks for, and the value at which it is true.
    private (int Slot, int Value)? AskedFor(IOperation condition)
    {
        switch (condition)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation when SlotOf(condition) is { } slot
                && condition.Type?.SpecialType == SpecialType.System_Boolean:
                return (slot, 2);
            case IIsNullOperation isNull when SlotOf(isNull.Operand) is { } slot:
                return (slot, 1);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary
                when Constant(binary.RightOperand) is { } right && SlotOf(binary.LeftOperand) is { } slot && right <= 2:
                return (slot, binary.OperatorKind == BinaryOperatorKind.Equals ? right : 3 - right);
            case IIsPatternOperation pattern when SlotOf(pattern.Value) is { } slot && Pattern(pattern.Pattern) is { } value:
                return (slot, value);
            default:
                return null;
        }
    }

    private static int? Pattern(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant => Constant(constant.Value) is { } value && value <= 2 ? value : null,
        IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } any
            when SymbolEqualityComparer.Default.Equals(any.MatchedType, any.InputType) => 2,
        IDeclarationPatternOperation declared
            when SymbolEqualityComparer.Default.Equals(declared.MatchedType, declared.InputType) => 2,
        INegatedPatternOperation negated => Pattern(negated.Pattern) is { } value ? 3 - value : null,
        _ => null,
    };

    private int ValueOf(IOperation value, ulong values)
    {
        value = value.WithoutConversions();
        return Constant(value)
            ?? (SlotOf(value) is { } slot ? Get(values, slot)
                : value is IObjectCreationOperation or ICaughtExceptionOperation || IsCaught(value) ? 2
                : value.Type?.SpecialType == SpecialType.System_Boolean && Evaluate(value, values) is { } known ? (known ? 2 : 1)
                : 0);
    }

    // Whatever a catch catches is not null.
    private static bool IsCaught(IOperation value)
        => value is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: { Length: 1 } declarations }
            && declarations[0].GetSyntax() is CatchDeclarationSyntax;

    private static int? Constant(IOperation value) => value.WithoutConversions().ConstantValue switch
    {
        { HasValue: true, Value: null } => 1,
        { HasValue: true, Value: bool flag } => flag ? 2 : 1,
        { HasValue: true, Value: int number } => Moved(Zero, number),
        _ => null,
    };

    private int? Number(IOperation operand, ulong values)
    {
        operand = operand.WithoutConversions();
        if (operand.Type?.SpecialType != SpecialType.System_Int32)
        {
            return null;
        }

        var value = operand is IIncrementOrDecrementOperation step && SlotOf(step.Target) is { } stepped
            ? step.IsPostfix
                ? Moved(Get(values, stepped), step.Kind == OperationKind.Increment ? -1 : 1)
                : Get(values, stepped)
            : SlotOf(operand) is { } slot ? Get(values, slot) : Constant(operand);
        return value is null or 0 ? null : value;
    }

    private static bool? Compare(BinaryOperatorKind kind, int left, int right) => kind switch
    {
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.NotEquals => left != right,
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => null,
    };

    // Far from zero nothing is known any more: a loop of a thousand rounds is not followed round by round.
    private static int Moved(int value, int by)
    {
        var moved = value + by;
        return value == 0 || by is > ValueMax or < -ValueMax || moved is <= 2 or > ValueMax ? 0 : moved;
    }

    private static int Get(ulong values, int slot) => (int)((values >> (slot * 8)) & 0xFF);

    private static ulong With(ulong values, int slot, int value)
        => (values & ~(0xFFUL << (slot * 8))) | ((ulong)value << (slot * 8));

    private int? SlotOf(IOperation operation)
        => SymbolOf(operation.WithoutConversions()) is { } symbol && _slots.TryGetValue(symbol, out var slot) ? slot : null;

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static bool CanBeTracked(ISymbol symbol)
    {
        var type = (symbol as ILocalSymbol)?.Type ?? ((IParameterSymbol)symbol).Type;
        return type.SpecialType is SpecialType.System_Boolean or SpecialType.System_Int32 || type.IsReferenceType;
    }

    private static IEnumerable<ISymbol> HiddenWrites(ControlFlowGraph graph)
    {
        var nested = graph.LocalFunctions.Select(function => graph.GetLocalFunctionControlFlowGraph(function))
            .Concat(graph.Blocks
                .SelectMany(block => block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
                .SelectMany(operation => operation.DescendantsAndSelf())
                .OfType<IFlowAnonymousFunctionOperation>()
                .Select(function => graph.GetAnonymousFunctionControlFlowGraph(function)));
        foreach (var inner in nested)
        {
            foreach (var operation in inner.Blocks.SelectMany(block => block.Operations).SelectMany(item => item.DescendantsAndSelf()))
            {
                if (operation is IAssignmentOperation assignment && SymbolOf(assignment.Target) is { } assigned)
                {
                    yield return assigned;
                }
                else if (operation is IIncrementOrDecrementOperation step && SymbolOf(step.Target) is { } stepped)
                {
                    yield return stepped;
                }
            }

            foreach (var hidden in HiddenWrites(inner))
            {
                yield return hidden;
            }
        }
    }
}
