using Microsoft.CodeAnalysis.CodeFixes;

namespace Streams.Analyzers.CodeFixes;

/// <summary>What all fixes share: one place per diagnostic, and fixing all of a document, project or solution at once.</summary>
internal abstract class RuleCodeFix : CodeFixProvider
{
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            Offer(new FixPlace(context, diagnostic, root, model));
        }
    }

    /// <summary>Offers the fixes that will apply at this place, or none.</summary>
    protected abstract void Offer(FixPlace place);
}
