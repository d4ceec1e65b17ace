using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>A call of a body that matters to its record.</summary>
/// <param name="Call">The call.</param>
/// <param name="Kind">Whether it does work.</param>
/// <param name="Outcome">What it says about the record, if it is made on a context.</param>
/// <param name="Fate">What becomes of its task; null where it returns none.</param>
/// <param name="Bit">Its bit among the work of the body; 0 where it has none.</param>
/// <param name="OutcomeBit">Its bit among the outcomes that say "done"; 0 where it has none.</param>
/// <param name="IsProduce">Whether it queues a record that a flush waits for.</param>
/// <param name="Helper">The method it calls, where that method can be looked into.</param>
internal sealed record CallSite(
    IInvocationOperation Call,
    WorkKind Kind,
    OutcomeKind? Outcome,
    TaskFate? Fate,
    ulong Bit,
    ulong OutcomeBit,
    bool IsProduce,
    IMethodSymbol? Helper)
{
    /// <summary>Where it stands.</summary>
    public Location Location => Call.Syntax.GetLocation();

    /// <summary>Whether it is given a context.</summary>
    public bool PassesContext { get; } = ContextUses.IsPassedTo(Call);

    /// <summary>Whether its task goes into a collection, beside those that are there.</summary>
    public bool IsAdded => Fate?.Where is IInvocationOperation;

    /// <summary>Whether it only starts work, which is done once its task is awaited.</summary>
    public bool OnlyStarts => Fate is { Use: TaskUse.Awaited or TaskUse.Blocked or TaskUse.Kept or TaskUse.Discarded };
}
