using Microsoft.CodeAnalysis;

namespace Streams.Shared.Handlers;

/// <summary>From a class with <c>[ConsumerGroup]</c> to its model. Generators and analyzers read alike.</summary>
internal sealed class HandlerReader(Compilation compilation, IssueSink issues, CancellationToken cancellationToken)
{
    private const int Manual = 3;

    /// <summary>Reads a handler class; null where no dispatcher can be generated for it.</summary>
    public HandlerModel? Read(INamedTypeSymbol type, AttributeData attribute)
    {
        if (ProjectFault.Find(compilation) is { } unsuitable)
        {
            issues.AddError(DiagnosticIds.UnsuitableProject, type, type.Name, unsuitable);
            return null;
        }

        var group = ReadGroup(type, attribute);
        if (FindFault(type) is { } fault)
        {
            issues.AddError(DiagnosticIds.HandlerCannotBeConstructed, type, type.Name, fault);
            return null;
        }

        var routes = new RouteReader(compilation, group.Commit == Manual, issues, cancellationToken).Read(type);
        var callbacks = new CallbackReader(compilation, issues).Read(type);
        var services = new ServiceReader(compilation, issues).Read(type);
        return services is null || routes.Count == 0
            ? null
            : new HandlerModel(
                GeneratedNames.Hint(type.FullName()),
                GeneratedNames.Identifier(type.FullName()) + "_Dispatcher",
                type.FullName(),
                group,
                new(services),
                new(routes),
                callbacks);
    }

    private static string? FindFault(INamedTypeSymbol type)
    {
        if (type.IsStatic)
        {
            return "it is static";
        }

        if (type.IsAbstract)
        {
            return "it is abstract; put [ConsumerGroup] on the derived classes";
        }

        if (type.IsGenericType || type.ContainingTypes().Any(container => container.IsGenericType))
        {
            return "it is generic; derive a closed class";
        }

        return type.IsVisibleInAssembly() ? null : "generated code cannot name it; make it at least internal";
    }

    private GroupModel ReadGroup(INamedTypeSymbol type, AttributeData attribute)
    {
        var groupId = attribute.Positional<string>(0) ?? "";
        if (KafkaName.FindFault(groupId) is { } fault)
        {
            issues.Add(DiagnosticIds.InvalidName, type, "Group id", groupId, fault);
        }

        long interval = 0;
        if (attribute.Named<string>("CommitInterval") is { } text && !DurationText.TryParse(text, out interval))
        {
            issues.Add(DiagnosticIds.InvalidDuration, type, "CommitInterval", text);
        }

        return new GroupModel(
            groupId,
            attribute.Named<int>("Commit"),
            attribute.NamedArguments.Any(argument => argument.Key == "CommitEvery") ? attribute.Named<int>("CommitEvery") : 1,
            interval,
            !attribute.NamedArguments.Any(argument => argument.Key == "FinalCommit") || attribute.Named<bool>("FinalCommit"),
            attribute.Named<int>("Order"),
            attribute.Named<int>("Concurrency"),
            attribute.Named<int>("StartFrom"),
            attribute.Named<int>("Lifetime"));
    }
}
