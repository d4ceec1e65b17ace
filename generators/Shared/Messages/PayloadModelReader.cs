using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>From a message, or a plain type inside one, to what its codec writes: an object, a union, a collection or what a formatter makes.</summary>
internal sealed class PayloadModelReader(
    Compilation compilation, PlainTypeQueue plainTypes, IssueSink issues, CancellationToken cancellationToken)
{
    private readonly WireTypeReader _types = new(compilation, plainTypes, cancellationToken);

    /// <summary>Reads a type; null where it cannot be written, which then stands among the issues.</summary>
    /// <param name="type">The type.</param>
    /// <param name="within">From where its constructor and setters are called: the type itself where generated code is part of it.</param>
    public PayloadModel? Read(INamedTypeSymbol type, ISymbol within)
    {
        if (type.FindAttribute(WellKnownNames.MessagePackFormatterAttribute) is { } formatter)
        {
            return Wired(type, new FormatterReader(compilation).Read(formatter, type, out var reason), reason);
        }

        if (_types.IsCollection(type))
        {
            return LosesMembers(type) ? null : Wired(type, _types.ReadCollection(type, out var reason), reason);
        }

        if (UnionReader.IsUnion(type))
        {
            return new UnionReader(compilation, _types, issues).Read(type);
        }

        if (type.IsAbstract || type.HasAttribute(WellKnownNames.UnionAttribute))
        {
            issues.AddError(DiagnosticIds.FaultyUnion, type, type.Name, type.IsAbstract
                ? "it is abstract, and its bytes would not say which derived type they hold; give it [Union] for each of them"
                : "only interfaces and abstract classes can be unions; make it abstract, or take [Union] away");
            return null;
        }

        return new ObjectReader(compilation, _types, issues, cancellationToken).Read(type, within);
    }

    private WiredModel? Wired(INamedTypeSymbol type, WireType? wire, string reason)
    {
        if (wire is not null)
        {
            return new WiredModel(type.FullName(), type.IsReferenceType, wire);
        }

        if (reason.Length > 0)
        {
            issues.AddError(DiagnosticIds.UnsupportedMember, type, type.Name, type.Name, reason);
        }

        issues.Fail();
        return null;
    }

    // MessagePack writes the elements of a collection and nothing else of it.
    private bool LosesMembers(INamedTypeSymbol type)
    {
        var lost = type.BaseFirst().Where(level => !level.DeclaringSyntaxReferences.IsEmpty)
            .SelectMany(level => level.GetMembers())
            .FirstOrDefault(member => member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public }
                && member is IPropertySymbol { IsIndexer: false, SetMethod: not null } or IFieldSymbol { IsReadOnly: false }
                && !member.HasAttribute(WellKnownNames.IgnoreMemberAttribute));
        if (lost is null)
        {
            return false;
        }

        issues.AddError(DiagnosticIds.BadFieldIndex, lost, lost.Name,
            "its type is a collection, of which MessagePack writes the elements and nothing else; mark it with [IgnoreMember], or hold the "
            + "collection in a member");
        return true;
    }
}
