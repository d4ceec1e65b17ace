using Microsoft.CodeAnalysis;

namespace Streams.Analyzers.Groups;

/// <summary>The rules of handler classes and their groups.</summary>
internal static class GroupRules
{
    public static readonly DiagnosticDescriptor UnwatchedAsyncCommit = new(
        GroupRuleIds.UnwatchedAsyncCommit,
        title: "Async policy without failure handling or final commit",
        messageFormat: "Group '{0}' commits without waiting and without a final commit, and '{1}' has no OnCommitted: a failed commit goes "
            + "unnoticed, and the tail comes again; leave FinalCommit on, or look at the results",
        category: Categories.Commit, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(GroupRuleIds.UnwatchedAsyncCommit));

    public static readonly DiagnosticDescriptor HandlerWithoutToken = new(
        GroupRuleIds.HandlerWithoutToken,
        title: "Handler takes no CancellationToken",
        messageFormat: "Handler '{0}' awaits but takes no CancellationToken: when its time to drain is over it cannot stop; add one",
        category: Categories.Handler, DiagnosticSeverity.Info, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(GroupRuleIds.HandlerWithoutToken));

    public static readonly DiagnosticDescriptor ScopedServiceInSingleton = new(
        GroupRuleIds.ScopedServiceInSingleton,
        title: "Scoped service captured by a singleton handler",
        messageFormat: "Singleton handler '{0}' keeps the scoped service '{1}' for good: messages share it, and what one left in it is "
            + "saved with another; use the scoped lifetime, or take a factory",
        category: Categories.Handler, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(GroupRuleIds.ScopedServiceInSingleton));

    public static readonly DiagnosticDescriptor SharedMutableState = new(
        GroupRuleIds.SharedMutableState,
        title: "Shared mutable state in a concurrent handler",
        messageFormat: "'{0}' is written by calls of '{1}' that run at the same time; use Interlocked, a concurrent collection, or state "
            + "of the message",
        category: Categories.Handler, DiagnosticSeverity.Info, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(GroupRuleIds.SharedMutableState));

    public static readonly DiagnosticDescriptor ConcurrencyAbovePartitions = new(
        GroupRuleIds.ConcurrencyAbovePartitions,
        title: "Concurrency above partitions",
        messageFormat: "Concurrency = {0} is more than the {1} partitions '{2}' reads in partition order: the rest stays idle; lower it, "
            + "or use ProcessingOrder.PerKey",
        category: Categories.Configuration, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(GroupRuleIds.ConcurrencyAbovePartitions));

    public static readonly DiagnosticDescriptor ConflictingPolicies = new(
        GroupRuleIds.ConflictingPolicies,
        title: "Commit policy declared twice and different",
        messageFormat: "Group '{0}' has CommitPolicy.{1} here and CommitPolicy.{2} on '{3}': a group has one policy; declare it in one "
            + "place",
        category: Categories.Configuration, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(GroupRuleIds.ConflictingPolicies));

    public static readonly DiagnosticDescriptor UnregisteredHandlers = new(
        GroupRuleIds.UnregisteredHandlers,
        title: "Handlers exist but are not registered",
        messageFormat: "This application has handlers, such as '{0}', but never calls AddHandlers(): their topics are never read",
        category: Categories.Configuration, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(GroupRuleIds.UnregisteredHandlers),
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
