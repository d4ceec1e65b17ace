using Microsoft.CodeAnalysis;
using Streams.Shared;

namespace Streams.Analyzers.Handlers;

/// <summary>The rules of handler shape.</summary>
internal static class HandlerRules
{
    public static readonly DiagnosticDescriptor AsyncVoidHandler = new(
        DiagnosticIds.AsyncVoidHandler,
        title: "Handler is async void",
        messageFormat: "Handler '{0}' is async void: its message would count as done while it still runs; return ValueTask",
        category: Categories.Handler, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.AsyncVoidHandler));

    public static readonly DiagnosticDescriptor WrongHandlerSignature = new(
        DiagnosticIds.WrongHandlerSignature,
        title: "Handler method has a wrong signature",
        messageFormat: "Method '{0}' would never be called: {1}",
        category: Categories.Handler, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.WrongHandlerSignature));

    public static readonly DiagnosticDescriptor DuplicateHandler = new(
        DiagnosticIds.DuplicateHandler,
        title: "Two handlers for one message in one group",
        messageFormat: "'{0}' is a second handler of '{1}' in its group, and only one would run; merge them, or use another group id",
        category: Categories.Handler, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.DuplicateHandler));

    public static readonly DiagnosticDescriptor UnreachableHandler = new(
        DiagnosticIds.UnreachableHandler,
        title: "Handler can never be reached",
        messageFormat: "'{0}' can never be reached: {1}",
        category: Categories.Handler, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnreachableHandler));

    public static readonly DiagnosticDescriptor HandlerCannotBeConstructed = new(
        DiagnosticIds.HandlerCannotBeConstructed,
        title: "Handler class cannot be constructed",
        messageFormat: "Handler class '{0}' cannot be constructed: {1}",
        category: Categories.Handler, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.HandlerCannotBeConstructed));
}
