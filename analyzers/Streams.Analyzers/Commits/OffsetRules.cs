using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Commits;

/// <summary>The rules of batches, waits and contexts.</summary>
internal static class OffsetRules
{
    public static readonly DiagnosticDescriptor CommitOfOlderOffset = new(
        CommitRuleIds.CommitOfOlderOffset,
        title: "Commit of an older or wrong offset",
        messageFormat: "'{0}' commits {1}: records that are done come again after a restart; {2}",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.CommitOfOlderOffset));

    public static readonly DiagnosticDescriptor CommitInBatchLoop = new(
        CommitRuleIds.CommitInBatchLoop,
        title: "Commit inside the loop of a batch handler",
        messageFormat: "'{0}' in the loop over the batch {1}",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.CommitInBatchLoop));

    public static readonly DiagnosticDescriptor LongWait = new(
        CommitRuleIds.LongWait,
        title: "Unbounded or over-long wait",
        messageFormat: "{0}: it holds up its partition and the drain of a stop or a revocation; {1}",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.LongWait));

    public static readonly DiagnosticDescriptor CancellableCommit = new(
        CommitRuleIds.CancellableCommit,
        title: "Commit cancelled by the handler's stopping token",
        messageFormat: "'{0}' is given the handler's token: at a stop the work is done but the commit is cancelled, and the records come "
            + "again; call it without",
        category: Categories.Commit, DiagnosticSeverity.Info, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.CancellableCommit));

    public static readonly DiagnosticDescriptor EscapingContext = new(
        CommitRuleIds.EscapingContext,
        title: "Message context used after the handler ended",
        messageFormat: "The context goes {0} and may be used after its record is done, when it stands for another or throws; copy what is "
            + "needed, or use CommitPolicy.Manual",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.EscapingContext));
}
