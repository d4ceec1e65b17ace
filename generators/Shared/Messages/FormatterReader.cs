using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>Reads <c>[MessagePackFormatter]</c> of a member or a type: a class of the user's that writes and reads it.</summary>
internal sealed class FormatterReader(Compilation compilation)
{
    /// <summary>Reads the attribute; null with the reason where the formatter cannot be used.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="type">What is written.</param>
    /// <param name="reason">Why not.</param>
    public FormatterWire? Read(AttributeData attribute, ITypeSymbol type, out string reason)
    {
        if (attribute.Positional<INamedTypeSymbol>(0) is not { } named)
        {
            reason = "its [MessagePackFormatter] names no class";
            return null;
        }

        var formatter = named.IsUnboundGenericType && type is INamedTypeSymbol closed && closed.Arity == named.Arity
            ? named.OriginalDefinition.Construct([.. closed.TypeArguments])
            : named;
        reason = FindFault(formatter, type) ?? "";
        if (reason.Length > 0)
        {
            return null;
        }

        var arguments = attribute.ConstructorArguments.Skip(1)
            .Where(argument => argument.Kind != TypedConstantKind.Array || !argument.IsNull)
            .SelectMany(argument => argument.Kind == TypedConstantKind.Array ? argument.Values.AsEnumerable() : [argument])
            .Select(ConstantText.Of)
            .ToArray();
        if (Make(formatter, arguments) is { } expression)
        {
            return new FormatterWire(type.FullName(), type.IsReferenceType, expression);
        }

        reason = $"its formatter '{formatter.Name}' cannot be made; give it a constructor that takes what [MessagePackFormatter] names";
        return null;
    }

    private string? FindFault(INamedTypeSymbol formatter, ITypeSymbol type)
    {
        if (formatter.IsUnboundGenericType || formatter.IsAbstract)
        {
            return $"its formatter '{formatter.Name}' is open or abstract; name a class";
        }

        if (TypeNaming.FindFault(formatter, compilation) is { } fault)
        {
            return $"its formatter '{formatter.Name}' cannot be used: {fault}";
        }

        if (formatter.AllInterfaces.Any(face => face.Is(WellKnownNames.FormatterInterface)
            && SymbolEqualityComparer.Default.Equals(face.TypeArguments[0], type)))
        {
            return null;
        }

        var name = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return $"its formatter '{formatter.Name}' does not implement IMessagePackFormatter<{name}>";
    }

    // As MessagePack does: a constructor without arguments, else the field Instance, else a constructor with these arguments.
    private string? Make(INamedTypeSymbol formatter, string[] arguments)
    {
        var constructors = formatter.InstanceConstructors
            .Where(constructor => compilation.IsSymbolAccessibleWithin(constructor, compilation.Assembly))
            .ToArray();
        if (Array.Exists(constructors, constructor => constructor.Parameters.Length == arguments.Length))
        {
            return $"new {formatter.FullName()}({string.Join(", ", arguments)})";
        }

        var hasInstance = formatter.GetMembers("Instance").OfType<IFieldSymbol>()
            .Any(field => field is { IsStatic: true, DeclaredAccessibility: Accessibility.Public });
        return arguments.Length == 0 && hasInstance ? formatter.FullName() + ".Instance" : null;
    }
}
