using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>
/// The locals that hold tasks of work, and where these are awaited or go out of sight. A task that goes out of sight is somebody
/// else's to await, and never reported.
/// </summary>
internal sealed class TaskHolders
{
    private readonly Dictionary<ILocalSymbol, ulong> _held = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, ulong> _awaited = [];
    private readonly Dictionary<SyntaxNode, ulong> _released = [];
    private readonly IOperation[] _operations;

    private TaskHolders(IOperation[] operations) => _operations = operations;

    /// <summary>Work that its holder gives to somebody else at once, or only to be cancelled: it is never pending.</summary>
    public ulong Excused { get; private set; }

    public static TaskHolders Read(IEnumerable<IOperation> blocks, CallTable calls)
    {
        var holders = new TaskHolders([.. blocks.SelectMany(block => block.DescendantsAndSelf())]);
        holders.ReadSites(calls);
        holders.SpreadToAliases();
        foreach (var reference in holders._operations.OfType<ILocalReferenceOperation>())
        {
            if (holders._held.TryGetValue(reference.Local, out var bits))
            {
                holders.ReadReference(reference, bits);
            }
        }

        holders.ExcuseLeases();
        return holders;
    }

    /// <summary>The work that is awaited at a syntax.</summary>
    public ulong AwaitedAt(SyntaxNode syntax) => _awaited.TryGetValue(syntax, out var bits) ? bits : 0;

    /// <summary>The work whose tasks go out of sight at a syntax.</summary>
    public ulong ReleasedAt(SyntaxNode syntax) => _released.TryGetValue(syntax, out var bits) ? bits : 0;

    /// <summary>The work whose tasks a local holds.</summary>
    public ulong HeldBy(ILocalSymbol? local) => local is not null && _held.TryGetValue(local, out var bits) ? bits : 0;

    private void ReadSites(CallTable calls)
    {
        var queued = calls.Work.Where(site => site.IsProduce).Aggregate(0UL, (bits, site) => bits | site.Bit);
        foreach (var site in calls.Work)
        {
            switch (site.Fate)
            {
                case { Use: TaskUse.Kept, Local: { } local }:
                    Add(_held, local, site.Bit);
                    break;
                case { Use: TaskUse.Awaited or TaskUse.Blocked, Where: { } where }:
                    Add(_awaited, where.Syntax, site.Bit);
                    break;
                default:
                    break;
            }
        }

        foreach (var flush in _operations.OfType<IInvocationOperation>().Where(call => queued != 0 && Producing.IsFlush(call)))
        {
            var where = !WorkCalls.IsTask(flush.Type) ? flush
                : TaskFate.Of(flush) is { Use: TaskUse.Awaited or TaskUse.Blocked } fate ? fate.Where
                : null;
            if (where is not null)
            {
                Add(_awaited, where.Syntax, queued);
            }
        }
    }

    // var all = Task.WhenAll(first, second); foreach (var task in tasks)
    private void SpreadToAliases()
    {
        for (var changed = _held.Count > 0; changed;)
        {
            changed = false;
            foreach (var reference in _operations.OfType<ILocalReferenceOperation>())
            {
                if (_held.TryGetValue(reference.Local, out var bits) && AliasOf(reference) is { } alias
                    && (HeldBy(alias) & bits) != bits)
                {
                    Add(_held, alias, bits);
                    changed = true;
                }
            }
        }
    }

    private static ILocalSymbol? AliasOf(ILocalReferenceOperation reference)
    {
        if (LoopOver(reference) is { LoopControlVariable: IVariableDeclaratorOperation variable })
        {
            return variable.Symbol;
        }

        return IsTarget(reference) ? null : TaskFate.Of(reference) is { Use: TaskUse.Kept, Local: { } local } ? local : null;
    }

    private static IForEachLoopOperation? LoopOver(ILocalReferenceOperation reference)
    {
        IOperation current = reference;
        while (current.Parent is IConversionOperation)
        {
            current = current.Parent;
        }

        return current.Parent is IForEachLoopOperation loop && loop.Collection == current ? loop : null;
    }

    private void ReadReference(ILocalReferenceOperation reference, ulong bits)
    {
        if (FunctionAround(reference) is { } function && !IsDeclaredIn(reference.Local, function))
        {
            // Whoever runs the lambda sees the task; a local function can be called from anywhere.
            if (function is IAnonymousFunctionOperation)
            {
                Add(_released, function.Syntax, bits);
            }
            else
            {
                Excused |= bits;
            }
        }
        else if (LoopOver(reference) is { } loop)
        {
            if (loop.LoopControlVariable is IVariableDeclaratorOperation variable && IsAwaitedIn(variable.Symbol, loop.Body))
            {
                Add(_awaited, reference.Syntax, bits);
            }
        }
        else if (!IsTarget(reference) && !IsHarmless(reference))
        {
            var fate = TaskFate.Of(reference);
            if (fate.Use is TaskUse.Awaited or TaskUse.Blocked)
            {
                Add(_awaited, fate.Where.Syntax, bits);
            }
            else if (fate.Use is TaskUse.Returned or TaskUse.PassedOn)
            {
                Add(_released, reference.Syntax, bits);
            }
        }
    }

    private static bool IsTarget(ILocalReferenceOperation reference)
        => reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference;

    // Adding to a collection of tasks, counting them, comparing them, waiting for any of them: all are as pending as before.
    private static bool IsHarmless(ILocalReferenceOperation reference)
    {
        IOperation current = reference;
        while (current.Parent is IConversionOperation or IArgumentOperation or IArrayInitializerOperation or IArrayCreationOperation
            or ICollectionExpressionOperation or ISpreadOperation)
        {
            current = current.Parent;
        }

        return current.Parent switch
        {
            IInvocationOperation { TargetMethod.Name: "WhenAny" } => true,
            IInvocationOperation call => call.Instance == reference
                && call.TargetMethod.Name is "Add" or "AddRange" or "Enqueue" or "Push" or "Clear" or "Remove",
            IPropertyReferenceOperation property => property.Property.Name is "Count" or "Length",
            IBinaryOperation => true,
            IExpressionStatementOperation => true,
            _ => false,
        };
    }

    private static bool IsAwaitedIn(ILocalSymbol local, IOperation body)
        => body.Descendants().OfType<ILocalReferenceOperation>().Any(reference =>
            SymbolEqualityComparer.Default.Equals(reference.Local, local)
            && TaskFate.Of(reference).Use is TaskUse.Awaited or TaskUse.Blocked);

    // A heartbeat that runs beside the work is awaited where it is cancelled, in a finally, and is no part of the work.
    private void ExcuseLeases()
    {
        foreach (var pair in _held)
        {
            var awaits = _operations.OfType<ILocalReferenceOperation>()
                .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, pair.Key)
                    && TaskFate.Of(reference).Use == TaskUse.Awaited)
                .ToArray();
            if (awaits.Length > 0 && awaits.All(IsCancelledFirst))
            {
                Excused |= pair.Value;
            }
        }
    }

    private static bool IsCancelledFirst(IOperation operation)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            if (parent is ITryOperation attempt && attempt.Finally == current)
            {
                return current.Descendants().OfType<IInvocationOperation>()
                    .Any(call => call.TargetMethod.Name is "Cancel" or "CancelAsync");
            }
        }

        return false;
    }

    private static IOperation? FunctionAround(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return current;
            }
        }

        return null;
    }

    private static bool IsDeclaredIn(ILocalSymbol local, IOperation function)
        => local.DeclaringSyntaxReferences.Any(reference => function.Syntax.Span.Contains(reference.Span));

    private static void Add<TKey>(Dictionary<TKey, ulong> bits, TKey key, ulong more)
        where TKey : notnull
        => bits[key] = bits.TryGetValue(key, out var known) ? known | more : more;
}
