using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Shared;
using Streams.Shared.Handlers;

namespace Streams.Analyzers.Commits.Reading;

/// <summary>The body of a handler, or of a method that works for one: what the commit rules look at.</summary>
internal sealed class HandlerBody
{
    private readonly OperationBlockAnalysisContext _context;
    private readonly Lazy<MessageUses> _message;
    private readonly Lazy<CommitOptions> _options;

    private HandlerBody(OperationBlockAnalysisContext context, IMethodSymbol method, BodyRole role, GroupPolicy? policy)
    {
        _context = context;
        Method = method;
        Role = role;
        Policy = policy;
        IsAtMostOnce = IsLossAccepted(method);
        _message = new(() => MessageUses.Read(method, Blocks));
        _options = new(() => new CommitOptions(
            context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.OperationBlocks[0].Syntax.SyntaxTree)));
    }

    public IMethodSymbol Method { get; }

    public BodyRole Role { get; }

    /// <summary>The policy of the group, or null where the body may work for groups of any.</summary>
    public GroupPolicy? Policy { get; }

    /// <summary>Whether a normal return counts as done.</summary>
    public bool RuntimeCommits => Policy is not (null or GroupPolicy.Manual);

    /// <summary>Whether <c>[AtMostOnce]</c> says that loss is accepted.</summary>
    public bool IsAtMostOnce { get; }

    public ImmutableArray<IOperation> Blocks => _context.OperationBlocks;

    public MessageUses Message => _message.Value;

    public CommitOptions Options => _options.Value;

    public Compilation Compilation => _context.Compilation;

    public CancellationToken CancellationToken => _context.CancellationToken;

    public IEnumerable<IOperation> Operations => Blocks.SelectMany(block => block.DescendantsAndSelf());

    /// <summary>Reads what a block of operations belongs to; null where no commit rule applies to it.</summary>
    public static HandlerBody? Find(OperationBlockAnalysisContext context, GroupPolicies policies)
    {
        if (context.OperationBlocks.IsEmpty
            || context.OwningSymbol is not IMethodSymbol method
            || method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))
        {
            return null;
        }

        var group = method.ContainingType.FindAttribute(WellKnownNames.ConsumerGroupAttribute);
        if (group is null)
        {
            return TakesContext(method) ? new HandlerBody(context, method, BodyRole.Stranger, null) : null;
        }

        var role = HandlerMethods.IsHandler(method) ? BodyRole.Handler : BodyRole.Helper;
        return role == BodyRole.Handler || IsHelper(method)
            ? new HandlerBody(context, method, role, policies.PolicyOf(group))
            : null;
    }

    public ControlFlowGraph GraphOf(IOperation block) => _context.GetControlFlowGraph(block);

    public void Report(DiagnosticDescriptor rule, Location where, params object[] arguments)
        => _context.ReportDiagnostic(Diagnostic.Create(rule, where, arguments));

    public void Report(Diagnostic diagnostic) => _context.ReportDiagnostic(diagnostic);

    private static bool TakesContext(IMethodSymbol method) => method.Parameters.Any(parameter => OutcomeCalls.IsContext(parameter.Type));

    private static bool IsHelper(IMethodSymbol method)
        => Array.IndexOf(CallbackReader.Names, method.Name) < 0
            && (method.DeclaredAccessibility == Accessibility.Private
                || method.Parameters.Any(parameter => OutcomeCalls.IsContext(parameter.Type) || MessageUses.IsMessage(parameter.Type)));

    private static bool IsLossAccepted(IMethodSymbol method)
        => method.HasAttribute(WellKnownCommitNames.AtMostOnceAttribute)
            || method.ContainingType.HasAttribute(WellKnownCommitNames.AtMostOnceAttribute);
}
