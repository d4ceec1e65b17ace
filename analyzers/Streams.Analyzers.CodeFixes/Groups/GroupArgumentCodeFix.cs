using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Streams.Analyzers.Groups;

namespace Streams.Analyzers.CodeFixes.Groups;

/// <summary>Changes what a group's attribute says: its lifetime, its concurrency, a second policy.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GroupArgumentCodeFix))]
[Shared]
internal sealed class GroupArgumentCodeFix : RuleCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [GroupRuleIds.ScopedServiceInSingleton, GroupRuleIds.ConcurrencyAbovePartitions, GroupRuleIds.ConflictingPolicies];

    protected override void Offer(FixPlace place)
    {
        if (GroupAttributes.Around(place.Node) is not { } attribute)
        {
            return;
        }

        switch (place.Diagnostic.Id)
        {
            case GroupRuleIds.ScopedServiceInSingleton when GroupAttributes.Argument(attribute, "Lifetime") is { } lifetime:
                place.Offer("Use the scoped lifetime", "Scoped", editor
                    => editor.ReplaceNode(attribute, GroupAttributes.Without(attribute, lifetime)));
                break;
            case GroupRuleIds.ConflictingPolicies when GroupAttributes.Argument(attribute, "Commit") is { } policy:
                place.Offer("Take the policy of the group's other class", "Remove", editor
                    => editor.ReplaceNode(attribute, GroupAttributes.Without(attribute, policy)));
                break;
            case GroupRuleIds.ConcurrencyAbovePartitions when place.Diagnostic.Properties.TryGetValue("partitions", out var partitions):
                place.Offer("Lower the concurrency to the partitions", "Lower", editor => editor.ReplaceNode(
                    attribute, GroupAttributes.With(attribute, "Concurrency", SyntaxFactory.ParseExpression(partitions!))));
                break;
            default:
                break;
        }
    }
}
