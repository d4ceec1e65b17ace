using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Commits;

/// <summary>The rules of single calls: each is decided where it stands.</summary>
internal static class CommitRules
{
    public static readonly DiagnosticDescriptor UnawaitedCommit = new(
        CommitRuleIds.UnawaitedCommit,
        title: "Commit is not awaited",
        messageFormat: "'{0}' is not awaited: if it fails nobody learns of it, and the records come again after a rebalance; await it",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.UnawaitedCommit));

    public static readonly DiagnosticDescriptor SwallowedCancellation = new(
        CommitRuleIds.SwallowedCancellation,
        title: "Cancellation is swallowed too broadly",
        messageFormat: "Work on the message that is cancelled or times out ends here as if it were done, and the message is lost; "
            + "rethrow",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.SwallowedCancellation));

    public static readonly DiagnosticDescriptor WorkHandedToBackground = new(
        CommitRuleIds.WorkHandedToBackground,
        title: "Work is handed to the background while the runtime commits",
        messageFormat: "'{0}' takes the message to the background, and the message counts as done before it is handled; "
            + "await the work, or use CommitPolicy.Manual and acknowledge from there",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.WorkHandedToBackground));

    public static readonly DiagnosticDescriptor FireAndForget = new(
        CommitRuleIds.FireAndForget,
        title: "Fire-and-forget inside a handler",
        messageFormat: "Nobody awaits {0}: the message counts as done while it still runs, and its failure is lost; await it",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.FireAndForget));

    public static readonly DiagnosticDescriptor CommitInParallelSection = new(
        CommitRuleIds.CommitInParallelSection,
        title: "Commit inside a parallel section",
        messageFormat: "'{0}' runs in parallel with other work of the same context, and completes records that may still fail; "
            + "call it once, after the parallel section",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.CommitInParallelSection));

    public static readonly DiagnosticDescriptor ExplicitCommit = new(
        CommitRuleIds.ExplicitCommitUnderRuntimePolicy,
        title: "Explicit commit where the runtime commits",
        messageFormat: "'{0}' commits by hand although the group's policy is {1} and the runtime commits; remove the call, or use "
            + "CommitPolicy.Manual",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.ExplicitCommitUnderRuntimePolicy));

    public static readonly DiagnosticDescriptor BlockingCall = new(
        CommitRuleIds.BlockingCall,
        title: "Blocking call in a handler",
        messageFormat: "'{0}' blocks a thread of the runtime while it waits: other partitions starve and the group rebalances; use {1}",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(CommitRuleIds.BlockingCall));
}
