using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Streams.Analyzers.CodeFixes.Rewriting;
using Streams.Analyzers.Groups;

namespace Streams.Analyzers.CodeFixes.Groups;

/// <summary>Adds <c>AddHandlers()</c> to the call of <c>AddStreams</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnregisteredHandlersCodeFix))]
[Shared]
internal sealed class UnregisteredHandlersCodeFix : RuleCodeFix
{
    private const string Register = "AddHandlers";

    public override ImmutableArray<string> FixableDiagnosticIds => [GroupRuleIds.UnregisteredHandlers];

    protected override void Offer(FixPlace place)
    {
        if (place.Find<InvocationExpressionSyntax>() is not { ArgumentList.Arguments: var arguments } call)
        {
            return;
        }

        if (arguments.Count == 0)
        {
            place.Offer("Register the handlers", Register, editor => editor.ReplaceNode(
                call, call.WithArgumentList(SyntaxFactory.ParseArgumentList($"(streams => streams.{Register}())"))));
        }
        else if (arguments.Select(argument => argument.Expression).OfType<SimpleLambdaExpressionSyntax>().FirstOrDefault() is { } lambda)
        {
            place.Offer("Register the handlers", Register, editor =>
            {
                if (lambda.Block is { } block)
                {
                    var statement = SyntaxFactory.ParseStatement($"{lambda.Parameter.Identifier.ValueText}.{Register}();");
                    editor.ReplaceNode(block, Endings.Formatted(block.AddStatements(Endings.Formatted(statement))));
                }
                else if (lambda.ExpressionBody is { } expression)
                {
                    editor.ReplaceNode(expression, SyntaxFactory.InvocationExpression(
                        SyntaxFactory.MemberAccessExpression(
                            SyntaxKind.SimpleMemberAccessExpression,
                            expression.WithoutTrailingTrivia(),
                            SyntaxFactory.IdentifierName(Register)))
                        .WithTrailingTrivia(expression.GetTrailingTrivia()));
                }
            });
        }
    }
}
