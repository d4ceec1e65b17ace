using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>
/// What the attributes of a type say of its members: <c>[MessagePackObject]</c>, <c>[DataContract]</c>, which MessagePack takes too,
/// or neither.
/// </summary>
internal sealed class PayloadContract
{
    private readonly bool _isDataContract;

    private PayloadContract(bool isDeclared, bool isNamed, bool isDataContract)
    {
        IsDeclared = isDeclared;
        IsNamed = isNamed;
        _isDataContract = isDataContract;
    }

    /// <summary>Gets a value indicating whether every member must have a key.</summary>
    public bool IsDeclared { get; }

    /// <summary>Gets a value indicating whether members are known by their names.</summary>
    public bool IsNamed { get; }

    public static PayloadContract Of(INamedTypeSymbol type)
    {
        if (type.FindAttribute(WellKnownNames.MessagePackObjectAttribute) is { } contract)
        {
            return new PayloadContract(isDeclared: true, isNamed: contract.Positional<bool>(0), isDataContract: false);
        }

        var isDataContract = type.HasAttribute(WellKnownNames.DataContractAttribute);
        return new PayloadContract(isDeclared: isDataContract, isNamed: false, isDataContract);
    }

    /// <summary>Whether the member may be payload: nothing ignores it, and a data contract names it.</summary>
    public bool Takes(ISymbol member)
        => Find(member, WellKnownNames.IgnoreMemberAttribute) is null
            && Find(member, WellKnownNames.IgnoreDataMemberAttribute) is null
            && !member.HasAttribute(WellKnownNames.NonSerializedAttribute)
            && (!_isDataContract || Find(member, WellKnownNames.DataMemberAttribute) is not null);

    /// <summary>The position its attribute gives it; an override has that of what it overrides.</summary>
    public MemberKey? KeyOf(ISymbol member)
    {
        if (!_isDataContract)
        {
            return Find(member, WellKnownNames.KeyAttribute) is { } key
                ? new MemberKey(key.Positional<int>(0), key.Positional<string>(0))
                : null;
        }

        var attribute = Find(member, WellKnownNames.DataMemberAttribute)!;
        return attribute.NamedArguments.Any(argument => argument.Key == "Order")
            ? new MemberKey(attribute.Named<int>("Order"), null)
            : new MemberKey(0, attribute.Named<string>("Name") ?? member.Name);
    }

    /// <summary>Where <c>[DataMember]</c> puts a member of a map: MessagePack sorts by it, members without it last.</summary>
    public static int OrderOf(ISymbol member)
        => Find(member, WellKnownNames.DataMemberAttribute) is not { } attribute ? int.MaxValue
            : attribute.NamedArguments.Any(argument => argument.Key == "Order") ? attribute.Named<int>("Order")
            : -1;

    private static AttributeData? Find(ISymbol member, string attribute)
        => member.FindAttribute(attribute)
            ?? ((member as IPropertySymbol)?.OverriddenProperty is { } overridden ? Find(overridden, attribute) : null);
}
