using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Flow;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>
/// STRM0007: a catch of cancellation that neither rethrows nor says an outcome. A timeout of an HTTP call is a
/// <see cref="TaskCanceledException"/> too, and return is done whatever the token says.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwallowedCancellationAnalyzer : HandlerBodyAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CommitRules.SwallowedCancellation];

    private protected override void Analyze(HandlerBody body, SummaryCache summaries)
    {
        if (body.IsAtMostOnce)
        {
            return;
        }

        foreach (var attempt in body.Operations.OfType<ITryOperation>().Where(attempt => DoesWork(attempt.Body, body)))
        {
            foreach (var handler in attempt.Catches.Where(IsCancellation))
            {
                if (!SaysWhatBecameOfIt(handler, body) && !ReturnsAnAnswer(handler, body))
                {
                    body.Report(CommitRules.SwallowedCancellation, ((CatchClauseSyntax)handler.Syntax).CatchKeyword.GetLocation());
                }
            }
        }
    }

    private static bool IsCancellation(ICatchClauseOperation handler)
        => handler.ExceptionType is { Name: "OperationCanceledException" or "TaskCanceledException" };

    private static bool DoesWork(IOperation block, HandlerBody body)
        => block.Descendants().OfType<IInvocationOperation>()
            .Any(call => WorkCalls.KindOf(call, body.Message, body.Options) == WorkKind.Work);

    private static bool SaysWhatBecameOfIt(ICatchClauseOperation handler, HandlerBody body)
        => handler.Handler.Descendants().Any(operation => operation switch
        {
            IThrowOperation => true,
            IInvocationOperation call => OutcomeCalls.KindOf(call) is not null
                || WorkCalls.Names(body.Options.DeadLetterMethods, call.TargetMethod)
                || call.Arguments.Any(argument => OutcomeCalls.IsContext(argument.Value.Type)),
            _ => false,
        });

    // A helper that returns false tells its caller.
    private static bool ReturnsAnAnswer(ICatchClauseOperation handler, HandlerBody body)
        => body.Role != BodyRole.Handler
            && handler.Handler.Descendants().OfType<IReturnOperation>().Any(returning => returning.ReturnedValue is not null);
}
