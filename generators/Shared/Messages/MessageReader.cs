using Microsoft.CodeAnalysis;

namespace Streams.Shared.Messages;

/// <summary>From a type with <c>[Message]</c> to its model. Generators and analyzers read alike, so that what one leaves out the other explains.</summary>
internal sealed class MessageReader(Compilation compilation, IssueSink issues, CancellationToken cancellationToken)
{
    private static readonly SymbolDisplayFormat NameOnly = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private readonly PlainTypeQueue _plainTypes = new();

    /// <summary>Whether generated code can be part of the type: it is partial all the way out, not generic, and not hidden in its file.</summary>
    public static bool CanBeImplemented(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
        => type is { IsStatic: false, IsRefLikeType: false, TypeKind: TypeKind.Class or TypeKind.Struct }
            && ProjectFault.Find(compilation) is null
            && type.ContainingTypes().Append(type)
                .All(link => !link.IsGenericType && !link.IsFileLocal && link.IsPartial(cancellationToken));

    /// <summary>Reads a message; null where nothing can be generated for it, not even a stub.</summary>
    public MessageReading? Read(INamedTypeSymbol type, AttributeData attribute)
    {
        if (!CheckShape(type))
        {
            return null;
        }

        var topic = ReadTopic(type, attribute);
        var saysUnkeyed = attribute.NamedArguments.Any(argument => argument.Key == "Unkeyed");
        var key = new KeyReader(type, topic.IsOrdered, saysUnkeyed, issues).Read();
        var models = new PayloadModelReader(compilation, _plainTypes, issues, cancellationToken);
        var payload = models.Read(type, type);
        var plain = ReadPlainTypes(models);
        var isStub = issues.HasErrors || payload is null;
        var message = new MessageModel(
            GeneratedNames.Hint(type.FullName()),
            type.ContainingNamespace.EscapedName(),
            new(type.ContainingTypes().Append(type).Select(Declaration)),
            type.FullName(),
            type.Name,
            type.IsReferenceType,
            topic,
            isStub ? null : payload,
            isStub ? default : key);
        return new MessageReading(message, isStub ? default : new(plain));
    }

    private bool CheckShape(INamedTypeSymbol type)
    {
        var chain = type.ContainingTypes().Append(type).ToArray();
        if (ProjectFault.Find(compilation) is { } fault)
        {
            issues.AddError(DiagnosticIds.UnsuitableProject, type, type.Name, fault);
        }
        else if (Array.Find(chain, link => link.IsGenericType) is not null)
        {
            issues.AddError(DiagnosticIds.OpenGenericMessage, type, type.Name);
        }
        else if (type.IsFileLocal || type.IsStatic || type.IsRefLikeType)
        {
            issues.AddError(DiagnosticIds.InaccessibleMessage, type, type.Name);
        }
        else if (Array.Find(chain, link => !link.IsPartial(cancellationToken)) is { } link)
        {
            issues.AddError(DiagnosticIds.MissingPartial, link, link.Name, type.Name);
        }
        else if (!type.IsVisibleInAssembly())
        {
            // It can be written and read by hand; only nobody outside the containing type can produce or handle it.
            issues.Add(DiagnosticIds.InaccessibleMessage, type, type.Name);
        }

        return CanBeImplemented(type, compilation, cancellationToken);
    }

    private List<PlainTypeModel> ReadPlainTypes(PayloadModelReader models)
    {
        var plain = new List<PlainTypeModel>();
        while (_plainTypes.TryTake(out var type, out var origin))
        {
            issues.Origin = origin;
            if (models.Read(type, compilation.Assembly) is { } model)
            {
                plain.Add(new PlainTypeModel(PlainTypeQueue.CodecName(type), type.ToDisplayString(), model));
            }
            else
            {
                issues.Fail();
            }
        }

        return plain;
    }

    private TopicModel ReadTopic(INamedTypeSymbol type, AttributeData attribute)
    {
        var topic = attribute.Positional<string>(0) ?? "";
        if (KafkaName.FindFault(topic) is { } fault)
        {
            issues.Add(DiagnosticIds.InvalidName, type, "Topic", topic, fault);
        }

        long retention = 0;
        if (attribute.Named<string>("Retention") is { } text && !DurationText.TryParse(text, out retention))
        {
            issues.Add(DiagnosticIds.InvalidDuration, type, "Retention", text);
        }

        return new TopicModel(
            topic,
            attribute.Named<string>("Name") is { Length: > 0 } name ? name : type.Name,
            attribute.Named<int>("Partitions"),
            attribute.Named<bool>("Ordered"),
            attribute.Named<bool>("Compacted"),
            retention,
            attribute.Named<int>("Unkeyed"),
            attribute.Named<bool>("Default"),
            ReadPartitioner(type, attribute.Named<INamedTypeSymbol>("Partitioner")));
    }

    private string? ReadPartitioner(INamedTypeSymbol type, INamedTypeSymbol? partitioner)
    {
        if (partitioner is null)
        {
            return null;
        }

        var implements = partitioner.AllInterfaces.Any(face => face.Is(WellKnownNames.PartitionerInterface)
            && compilation.ClassifyCommonConversion(type, face.TypeArguments[0]) is { IsImplicit: true, Exists: true });
        var canBeMade = partitioner is { IsAbstract: false, IsUnboundGenericType: false } && partitioner.InstanceConstructors
            .Any(constructor => constructor.Parameters.IsEmpty && compilation.IsSymbolAccessibleWithin(constructor, type));
        if (implements && canBeMade && compilation.IsSymbolAccessibleWithin(partitioner, type))
        {
            return partitioner.FullName();
        }

        issues.AddError(DiagnosticIds.UnusablePartitioner, type, partitioner.Name, type.Name);
        return null;
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        var kind = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { IsRecord: true, IsValueType: true } => "record struct",
            { IsRecord: true } => "record",
            { IsValueType: true } => "struct",
            _ => "class",
        };
        return $"partial {kind} {type.EscapedName(NameOnly)}";
    }
}
