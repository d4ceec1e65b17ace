using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>Where each member stands: by <c>[Key]</c>, by name, or by its place in the declaration.</summary>
internal sealed class PayloadLayout(INamedTypeSymbol type, List<MemberCandidate> members, IssueSink issues)
{
    // A position costs one byte in every message even where nothing stands in it.
    private const int IndexMax = 10_000;

    private readonly List<(MemberCandidate Member, int Index, string? MapKey)> _slots = [];

    public IReadOnlyList<(MemberCandidate Member, int Index, string? MapKey)> Slots => _slots;

    public bool IsMap { get; private set; }

    public int Length { get; private set; }

    /// <summary>Assigns positions; null where they contradict each other.</summary>
    /// <param name="hasOneDeclaration">Whether places in the declaration mean anything.</param>
    public PayloadLayout? Assign(Func<INamedTypeSymbol, bool> hasOneDeclaration)
    {
        var contract = PayloadContract.Of(type);
        var foreign = members.Find(member => member.Key is null && member.Symbol.HasAttribute(WellKnownNames.DataAnnotationsKeyAttribute));
        if (foreign is not null)
        {
            return Fail(foreign.Symbol, "its [Key] is that of System.ComponentModel.DataAnnotations; use MessagePack's");
        }

        if (contract.IsNamed)
        {
            return ByName(members.OrderBy(Level).ThenBy(member => member.IsField).Select(member => (member, member.Name)));
        }

        if (members.Exists(member => member.Key is not null))
        {
            return ByKey();
        }

        if (contract.IsDeclared && members.Count > 0)
        {
            return Fail(members[0].Symbol, "its type has [MessagePackObject]: give every member [Key] or [IgnoreMember]");
        }

        if (members.Count > 0 && !hasOneDeclaration(type))
        {
            return Fail(type, "its members, or those of a base type, stand in several declarations or in another assembly, "
                + "so that they have no order; give them [Key]");
        }

        foreach (var member in members)
        {
            _slots.Add((member, _slots.Count, null));
        }

        Length = _slots.Count;
        return this;
    }

    private int Level(MemberCandidate member)
        => type.BaseFirst().TakeWhile(level => !SymbolEqualityComparer.Default.Equals(level, member.Symbol.ContainingType)).Count();

    private PayloadLayout? ByKey()
    {
        if (members.Find(member => member.Key is null) is { } unmarked)
        {
            return Fail(unmarked.Symbol, "other members have [Key]: give it one too, or [IgnoreMember]");
        }

        if (members.TrueForAll(member => member.Key!.Value.Name is not null))
        {
            return ByName(members.OrderBy(member => member.IsField).Select(member => (member, member.Key!.Value.Name!)));
        }

        if (members.Find(member => member.Key!.Value.Name is not null) is { } mixed)
        {
            return Fail(mixed.Symbol, "it has a text as its key where others have numbers; use one kind");
        }

        foreach (var member in members.OrderBy(member => member.Key!.Value.Index))
        {
            var index = member.Key!.Value.Index;
            if (index is < 0 or > IndexMax)
            {
                return Fail(member.Symbol, $"its key {index} is outside 0 to {IndexMax}");
            }

            if (index < Length)
            {
                return Fail(member.Symbol, $"its key {index} is that of '{_slots[_slots.Count - 1].Member.Name}' too");
            }

            _slots.Add((member, index, null));
            Length = index + 1;
        }

        return this;
    }

    private PayloadLayout? ByName(IEnumerable<(MemberCandidate Member, string Key)> named)
    {
        IsMap = true;
        foreach (var (member, key) in named.OrderBy(pair => PayloadContract.OrderOf(pair.Member.Symbol)))
        {
            if (_slots.Exists(slot => slot.MapKey == key))
            {
                return Fail(member.Symbol, $"its key \"{key}\" is that of another member too");
            }

            _slots.Add((member, _slots.Count, key));
        }

        Length = _slots.Count;
        return this;
    }

    private PayloadLayout? Fail(ISymbol where, string why)
    {
        issues.AddError(DiagnosticIds.BadFieldIndex, where, where.Name, why);
        return null;
    }
}
