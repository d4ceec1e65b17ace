using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>
/// The calls of a body, nested functions included, by their syntax: the operations of a control flow graph are others than those of the
/// tree, but stand for the same syntax. Immutable once read.
/// </summary>
internal sealed class CallTable
{
    private readonly Dictionary<SyntaxNode, CallSite> _sites = [];
    private readonly List<CallSite> _work = [];
    private readonly List<CallSite> _outcomes = [];
    private readonly MessageUses _message;
    private readonly CommitOptions _options;

    private CallTable(MessageUses message, CommitOptions options)
    {
        _message = message;
        _options = options;
    }

    /// <summary>The calls that do work; their index is the number of their bit.</summary>
    public IReadOnlyList<CallSite> Work => _work;

    /// <summary>The outcomes, and the helpers that may say one; their index is the number of their bit.</summary>
    public IReadOnlyList<CallSite> Outcomes => _outcomes;

    public IEnumerable<CallSite> Sites => _sites.Values;

    /// <summary>Whether there are more calls than facts have bits: then nothing can be said.</summary>
    public bool IsTooLarge => _work.Count > Fact.SitesMax || _outcomes.Count > Fact.SitesMax;

    public static CallTable Read(IEnumerable<IOperation> blocks, MessageUses message, CommitOptions options)
    {
        var table = new CallTable(message, options);
        foreach (var call in blocks.SelectMany(block => block.DescendantsAndSelf()).OfType<IInvocationOperation>())
        {
            if (!call.IsImplicit && !call.IsInExpressionTree() && !table._sites.ContainsKey(call.Syntax))
            {
                table.Add(call);
            }
        }

        return table;
    }

    /// <summary>The call at a syntax, if it matters.</summary>
    public CallSite? Find(SyntaxNode syntax) => _sites.TryGetValue(syntax, out var site) ? site : null;

    /// <summary>The work whose tasks a local forgets when it is given the task of a call instead.</summary>
    public ulong ForgottenBy(CallSite site)
    {
        if (site.Fate is not { Use: TaskUse.Kept, Local: { } local, Where: { } where } || !WorkCalls.IsTask(local.Type) || site.IsAdded
            || where.Descendants().OfType<ILocalReferenceOperation>().Count(reference => IsOf(reference.Local)) > TargetsOf(where))
        {
            return 0;
        }

        return _work.Where(other => other == site || (IsOf(other.Fate?.Local) && other.Fate?.Where != where))
            .Aggregate(0UL, (bits, other) => bits | other.Bit);

        bool IsOf(ILocalSymbol? other) => SymbolEqualityComparer.Default.Equals(other, local);

        static int TargetsOf(IOperation where) => where is ISimpleAssignmentOperation ? 1 : 0;
    }

    private void Add(IInvocationOperation call)
    {
        var outcome = OutcomeCalls.KindOf(call);
        var kind = WorkCalls.KindOf(call, _message, _options);
        var isProduce = Producing.IsQueue(call) && !Producing.IsReportAwaited(call);
        var helper = outcome is null ? Helpers.Find(call, _message) : null;
        if (outcome is null && kind == WorkKind.None && helper is null && !isProduce && !ContextUses.IsPassedTo(call))
        {
            return;
        }

        TaskFate? fate = ReturnsTasks(call) ? TaskFate.Of(call) : null;
        var isWork = outcome is null && (kind == WorkKind.Work || isProduce || helper is not null);
        var isOutcome = outcome?.IsDone() ?? helper is not null;
        var site = new CallSite(
            call, kind, outcome, fate, isWork ? Next(_work) : 0, isOutcome ? Next(_outcomes) : 0, isProduce, helper);
        _sites.Add(call.Syntax, site);
        if (isWork)
        {
            _work.Add(site);
        }

        if (isOutcome)
        {
            _outcomes.Add(site);
        }
    }

    private static ulong Next(List<CallSite> sites) => sites.Count > Fact.SitesMax ? 0 : 1UL << sites.Count;

    // Tasks, and sequences of them: what a Select over the items of a message makes.
    private static bool ReturnsTasks(IInvocationOperation call)
        => WorkCalls.IsTask(call.Type)
            || (call.Type is INamedTypeSymbol { TypeArguments: { Length: 1 } arguments } && WorkCalls.IsTask(arguments[0]))
            || (call.Type is IArrayTypeSymbol array && WorkCalls.IsTask(array.ElementType));
}
