using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>Reads <c>[PartitionKey]</c>: which members make the key, in which order and encoding.</summary>
internal sealed class KeyReader(INamedTypeSymbol type, bool isOrdered, bool saysUnkeyed, IssueSink issues)
{
    public EquatableArray<KeyPartModel> Read()
    {
        var parts = new List<(int Order, KeyPartModel Part)>();
        var declared = Declared().ToArray();
        foreach (var (member, attribute) in declared)
        {
            if (ReadPart(member) is not { } part)
            {
                continue;
            }

            if (!saysUnkeyed && declared.Length == 1 && IsNullable(member))
            {
                issues.Add(DiagnosticIds.NullableKey, member, member.Name);
            }

            var order = attribute.Named<int>("Order");
            if (parts.Exists(other => other.Order == order))
            {
                issues.AddError(DiagnosticIds.NoPartitionKey, member, type.Name,
                    $"several members are its key and '{member.Name}' has the order {order} of another; give each its own Order");
            }

            parts.Add((order, part));
        }

        if (isOrdered && declared.Length == 0)
        {
            issues.Add(DiagnosticIds.NoPartitionKey, type, type.Name,
                "it is ordered but has no key, so its records are spread; mark a member with [PartitionKey], or leave out Ordered");
        }

        return new(parts.OrderBy(part => part.Order).Select(part => part.Part));
    }

    private IEnumerable<(ISymbol Member, AttributeData Attribute)> Declared()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var level in type.BaseFirst())
        {
            foreach (var member in level.GetMembers())
            {
                if (member is IPropertySymbol or IFieldSymbol && member.FindAttribute(WellKnownNames.PartitionKeyAttribute) is { } own
                    && seen.Add(member.Name))
                {
                    yield return (member, own);
                }

                foreach (var parameter in member is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
                    ? constructor.Parameters
                    : [])
                {
                    if (parameter.FindAttribute(WellKnownNames.PartitionKeyAttribute) is { } attribute && seen.Add(parameter.Name))
                    {
                        yield return (MemberOf(parameter) ?? parameter, attribute);
                    }
                }
            }
        }
    }

    private ISymbol? MemberOf(IParameterSymbol parameter)
        => type.BaseFirst().Reverse().SelectMany(level => level.GetMembers(parameter.Name)).FirstOrDefault(IsReadable);

    private static bool IsReadable(ISymbol member)
        => member is IPropertySymbol { GetMethod: not null, IsStatic: false, IsIndexer: false } or IFieldSymbol { IsStatic: false };

    private KeyPartModel? ReadPart(ISymbol member)
    {
        if (!IsReadable(member))
        {
            issues.AddError(DiagnosticIds.UnstableKey, member, member.Name, "?", "no property or field of that name holds it");
            return null;
        }

        var declared = TypeOf(member);
        var isNullable = declared.IsNullableValue(out var keyType);
        var unwrapped = Unwrap(keyType);
        var inner = unwrapped is null ? keyType : TypeOf(unwrapped);
        var integer = inner is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying : inner;
        var kind = ScalarTypes.Find(integer);
        if (kind is not { } scalar || FormOf(scalar) is not { } form)
        {
            issues.AddError(DiagnosticIds.UnstableKey, member, member.Name,
                declared.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), WhyUnstable(kind));
            return null;
        }

        return new KeyPartModel(
            member.Name,
            unwrapped?.Name,
            isNullable,
            form,
            integer.FullName(),
            isNullable || inner.IsReferenceType,
            new ScalarWire(integer.FullName(), inner.IsReferenceType, scalar));
    }

    // A struct that wraps one value, such as a strongly typed id, is that value.
    private static ISymbol? Unwrap(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } || ScalarTypes.Find(type) is not null)
        {
            return null;
        }

        var members = type.GetMembers()
            .Where(member => member.DeclaredAccessibility == Accessibility.Public && IsReadable(member))
            .ToArray();
        return members.Length == 1 ? members[0] : null;
    }

    private static bool IsNullable(ISymbol member)
        => TypeOf(member) is var type && (type.IsNullableValue(out _) || type.NullableAnnotation == NullableAnnotation.Annotated);

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;

    private static KeyForm? FormOf(ScalarKind kind) => kind switch
    {
        ScalarKind.String => KeyForm.Text,
        ScalarKind.Guid => KeyForm.Guid,
        ScalarKind.Bytes => KeyForm.Bytes,
        ScalarKind.Memory or ScalarKind.ReadOnlyMemory => KeyForm.Memory,
        _ when ScalarTypes.IsInteger(kind) => KeyForm.Integer,
        _ => null,
    };

    private static string WhyUnstable(ScalarKind? kind) => kind switch
    {
        ScalarKind.Single or ScalarKind.Double or ScalarKind.Half => "equal numbers can differ in their bytes",
        ScalarKind.Decimal => "1.0 and 1.00 are equal but differ in their text",
        ScalarKind.DateTime or ScalarKind.DateTimeOffset => "the same moment can be written in several ways",
        _ => "it has no bytes that every producer would agree on",
    };
}
