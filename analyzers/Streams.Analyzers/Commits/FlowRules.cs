using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Commits;

/// <summary>The rules of ways through a body: what happened before a commit, and what happens after it.</summary>
internal static class FlowRules
{
    public static readonly DiagnosticDescriptor CommitBeforeWork = new(
        CommitRuleIds.CommitBeforeWork,
        title: "Commit before the work is done",
        messageFormat: "'{0}' commits before '{1}' is done: a crash between them loses the message; commit last",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.CommitBeforeWork));

    public static readonly DiagnosticDescriptor CommitInFinally = new(
        CommitRuleIds.CommitInFinally,
        title: "Commit in finally",
        messageFormat: "'{0}' in a finally commits although the work may have failed, and the message is lost; move it behind the try",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.CommitInFinally));

    public static readonly DiagnosticDescriptor CommitInCatch = new(
        CommitRuleIds.CommitInCatch,
        title: "Commit in catch",
        messageFormat: "'{0}' in a catch drops the message that failed without a trace; call DeadLetterAsync or SkipAsync instead",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.CommitInCatch));

    public static readonly DiagnosticDescriptor CommitAfterSwallowedException = new(
        CommitRuleIds.CommitAfterSwallowedException,
        title: "Commit reachable after a swallowed exception",
        messageFormat: "'{0}' can be reached after work failed and its exception was swallowed, and the message is lost; "
            + "rethrow, or say an outcome in the catch",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.CommitAfterSwallowedException));

    public static readonly DiagnosticDescriptor SwallowedException = new(
        CommitRuleIds.SwallowedException,
        title: "Exception swallowed although the runtime commits",
        messageFormat: "Work that fails is swallowed here, the runtime takes the return of '{0}' for done, and the message is lost; "
            + "let it throw, or call DeadLetterAsync",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.SwallowedException));

    public static readonly DiagnosticDescriptor CommitWhileWorkIsOutstanding = new(
        CommitRuleIds.CommitWhileWorkIsOutstanding,
        title: "Commit while work is outstanding",
        messageFormat: "{0} while '{1}' may still be running: if it fails the message is lost; await it first",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.CommitWhileWorkIsOutstanding));

    public static readonly DiagnosticDescriptor UnawaitedProduce = new(
        CommitRuleIds.UnawaitedProduce,
        title: "Produce result not awaited before commit",
        messageFormat: "The record that '{0}' produces may not be acknowledged yet when the offset is committed, and is lost if that "
            + "fails; await ProduceAsync, or flush first",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.UnawaitedProduce));

    public static readonly DiagnosticDescriptor PathWithoutOutcome = new(
        CommitRuleIds.PathWithoutOutcome,
        title: "A path returns without an outcome",
        messageFormat: "{0}: under CommitPolicy.Manual its offset stays uncommitted and the partition is stuck; "
            + "call CommitAsync or SkipAsync on every path",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.PathWithoutOutcome));

    public static readonly DiagnosticDescriptor SecondOutcome = new(
        CommitRuleIds.SecondOutcome,
        title: "More than one outcome on a path",
        messageFormat: "'{0}' says an outcome where one was said before: the first one counts, and this call throws; return after the "
            + "first",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.SecondOutcome));
}
