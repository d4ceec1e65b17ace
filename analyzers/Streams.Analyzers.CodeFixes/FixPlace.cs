using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Streams.Analyzers.CodeFixes;

/// <summary>Where a diagnostic stands, and the way to offer an edit of that document.</summary>
internal sealed class FixPlace(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
{
    public Diagnostic Diagnostic => diagnostic;

    public SyntaxNode Root => root;

    public SemanticModel Model => model;

    public CancellationToken CancellationToken => context.CancellationToken;

    public SyntaxNode Node { get; } = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The node itself or the nearest around it.</summary>
    public T? Find<T>()
        where T : SyntaxNode
        => Node.FirstAncestorOrSelf<T>();

    /// <summary>The nearest node at one of the diagnostic's further locations.</summary>
    public T? FindAdditional<T>(int index = 0)
        where T : SyntaxNode
        => index < diagnostic.AdditionalLocations.Count && diagnostic.AdditionalLocations[index].SourceTree == root.SyntaxTree
            ? root.FindNode(diagnostic.AdditionalLocations[index].SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<T>()
            : null;

    /// <summary>Offers an edit. Edits with one key are the same fix: fixing all applies those.</summary>
    public void Offer(string title, string key, Action<SyntaxEditor> edit)
        => context.RegisterCodeFix(
            CodeAction.Create(
                title,
                _ =>
                {
                    var editor = new SyntaxEditor(root, context.Document.Project.Solution.Services);
                    edit(editor);
                    return Task.FromResult(context.Document.WithSyntaxRoot(editor.GetChangedRoot()));
                },
                equivalenceKey: diagnostic.Id + "." + key),
            diagnostic);
}
