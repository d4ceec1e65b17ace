using Microsoft.CodeAnalysis;

namespace Streams.Shared.Handlers;

/// <summary>Reads the handler methods of a class.</summary>
internal sealed class RouteReader(Compilation compilation, bool isManual, IssueSink issues, CancellationToken cancellationToken)
{
    private readonly ReturnReader _returns = new(compilation, cancellationToken);

    /// <summary>Reads the methods, base classes' first; one that is wrong is left out and stands among the issues.</summary>
    public List<RouteModel> Read(INamedTypeSymbol type)
    {
        var methods = Methods(type).ToArray();
        var isOnlyCandidate = !methods.Any(method => MessageTypeOf(method) is { } message
            && MessageReference.AttributeOf(message) is not null);
        var routes = new List<RouteModel>();
        foreach (var method in methods)
        {
            if (ReadMethod(method, isOnlyCandidate) is not { } route)
            {
                continue;
            }

            if (routes.Exists(other => other.Message == route.Message))
            {
                issues.Add(DiagnosticIds.DuplicateHandler, method, type.Name, method.Parameters[0].Type.Name);
                continue;
            }

            routes.Add(route);
        }

        if (methods.Length == 0)
        {
            issues.Add(DiagnosticIds.UnreachableHandler, type, type.Name, "it has no method Handle or HandleAsync");
        }

        return routes;
    }

    /// <summary>The methods that are handlers by their name, base classes' first, each override once.</summary>
    public static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol type)
        => type.BaseFirst()
            .SelectMany(level => level.GetMembers().OfType<IMethodSymbol>())
            .Where(method => method is { MethodKind: MethodKind.Ordinary, IsOverride: false, Name: "Handle" or "HandleAsync" });

    private static ITypeSymbol? MessageTypeOf(IMethodSymbol method)
    {
        if (method.Parameters.Length == 0)
        {
            return null;
        }

        method.Parameters[0].Type.IsNullableValue(out var message);
        return message;
    }

    private RouteModel? ReadMethod(IMethodSymbol method, bool isOnlyCandidate)
    {
        var message = MessageTypeOf(method);
        var attribute = message is null ? null : MessageReference.AttributeOf(message);
        if (message is null || attribute is null)
        {
            // Beside real handlers it is a helper that happens to have the name.
            if (isOnlyCandidate)
            {
                issues.Add(DiagnosticIds.UnreachableHandler, method, method.Name,
                    message is null
                        ? "it takes no message"
                        : $"its first parameter '{message.Name}' is not a message; mark the type with [Message]");
            }
            else if (message is not null && method.Parameters.Any(parameter => MessageReference.AttributeOf(parameter.Type) is not null))
            {
                Wrong(method, "the message must be its first parameter");
            }

            return null;
        }

        if (FindFault(method) is { } fault)
        {
            return Wrong(method, fault);
        }

        if (!MessageReference.IsImplemented(message, compilation, cancellationToken))
        {
            return null;
        }

        if (method is { IsAsync: true, ReturnsVoid: true })
        {
            issues.Add(DiagnosticIds.AsyncVoidHandler, method, method.Name);
            return null;
        }

        if (ReadArguments(method) is not { } arguments)
        {
            return Wrong(method, "after the message it takes a MessageContext and a CancellationToken, each once at most, no more");
        }

        if (_returns.Read(method) is not { } returned)
        {
            return Wrong(method, "it must return nothing, a task, a message or messages");
        }

        if (isManual && returned.Message is not null)
        {
            return Wrong(method, "under CommitPolicy.Manual it returns no messages: they would be produced after its commit");
        }

        var parameter = method.Parameters[0];
        return new RouteModel(
            method.Name,
            message.FullName(),
            attribute.Positional<string>(0) ?? "",
            attribute.Named<string>("Name") is { Length: > 0 } name ? name : message.Name,
            parameter.Type.IsNullableValue(out _) || parameter.NullableAnnotation == NullableAnnotation.Annotated,
            message.IsValueType,
            new(arguments.Select(argument => (int)argument)),
            returned);
    }

    private static string? FindFault(IMethodSymbol method) => method switch
    {
        { IsStatic: true } => "it is static",
        { IsGenericMethod: true } => "it is generic",
        { DeclaredAccessibility: not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal) }
            => "it must be public or internal",
        _ when method.Parameters.Any(parameter => parameter.RefKind != RefKind.None) => "its parameters may not be ref, in or out",
        _ when method.Parameters.Any(parameter => parameter.IsParams || parameter.HasExplicitDefaultValue)
            => "its parameters may not be optional or params",
        _ => null,
    };

    private static List<HandlerArgument>? ReadArguments(IMethodSymbol method)
    {
        var arguments = new List<HandlerArgument>();
        foreach (var parameter in method.Parameters.Skip(1))
        {
            HandlerArgument? argument = parameter.Type.Is(WellKnownNames.MessageContext) ? HandlerArgument.Context
                : parameter.Type.Is(WellKnownNames.CancellationToken) ? HandlerArgument.CancellationToken
                : null;
            if (argument is not { } known || arguments.Contains(known))
            {
                return null;
            }

            arguments.Add(known);
        }

        return arguments;
    }

    private RouteModel? Wrong(IMethodSymbol method, string why)
    {
        issues.Add(DiagnosticIds.WrongHandlerSignature, method, method.Name, why);
        return null;
    }
}
