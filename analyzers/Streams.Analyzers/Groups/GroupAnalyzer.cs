using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Streams.Analyzers.Commits.Reading;
using Streams.Shared;
using Streams.Shared.Handlers;

namespace Streams.Analyzers.Groups;

/// <summary>STRM0013, STRM0106, STRM0402 and STRM0403: what handler classes declare, held against each other and their messages.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GroupAnalyzer : DiagnosticAnalyzer
{
    private const int PerPartition = 0;
    private const int Singleton = 1;

    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        GroupRules.UnwatchedAsyncCommit,
        GroupRules.ScopedServiceInSingleton,
        GroupRules.ConcurrencyAbovePartitions,
        GroupRules.ConflictingPolicies,
    ];

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypeByMetadataName(WellKnownNames.ConsumerGroupAttribute) is null)
            {
                return;
            }

            var policies = new GroupPolicies(start.Compilation);
            var scoped = new ScopedServices(start.Compilation);
            start.RegisterSymbolAction(symbol => Analyze(symbol, policies, scoped), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, GroupPolicies policies, ScopedServices scoped)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownNames.ConsumerGroupAttribute) is not { } group)
        {
            return;
        }

        CheckAsync(context, type, group);
        CheckPolicies(context, type, group, policies);
        CheckConcurrency(context, type, group, policies);
        if (group.Named<int>("Lifetime") == Singleton)
        {
            CheckServices(context, type, scoped);
        }
    }

    private static void CheckAsync(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData group)
    {
        if (GroupPolicies.NamedPolicy(group) == GroupPolicy.Async
            && group.NamedArguments.Any(argument => argument is { Key: "FinalCommit", Value.Value: false })
            && !type.BaseFirst().Any(level => !level.GetMembers(CallbackReader.Names[0]).IsEmpty))
        {
            Report(context, GroupRules.UnwatchedAsyncCommit, type, GroupId(group), type.Name);
        }
    }

    private static void CheckPolicies(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData group, GroupPolicies policies)
    {
        if (GroupPolicies.NamedPolicy(group) is { } named
            && policies.ClassesOf(GroupId(group)).FirstOrDefault(known => known.Policy is not null) is { Policy: { } first } other
            && first != named)
        {
            Report(context, GroupRules.ConflictingPolicies, type, GroupId(group), named, first, other.Type.Name);
        }
    }

    // Other classes of the group bring partitions of their own; only what one class reads is known for sure.
    private static void CheckConcurrency(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData group, GroupPolicies policies)
    {
        var concurrency = group.Named<int>("Concurrency");
        if (concurrency <= 1 || group.Named<int>("Order") != PerPartition || policies.ClassesOf(GroupId(group)).Skip(1).Any())
        {
            return;
        }

        var topics = RouteReader.Methods(type)
            .Where(method => method.Parameters.Length > 0)
            .Select(method => MessageReference.AttributeOf(Unwrap(method.Parameters[0].Type)))
            .ToArray();
        if (topics.Length == 0 || topics.Any(topic => topic is null || topic.Named<int>("Partitions") == 0))
        {
            return;
        }

        var partitions = topics.GroupBy(topic => topic!.Positional<string>(0))
            .Sum(topic => topic.Max(item => item!.Named<int>("Partitions")));
        if (concurrency > partitions)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                GroupRules.ConcurrencyAbovePartitions,
                type.Locations[0],
                ImmutableDictionary<string, string?>.Empty.Add("partitions", $"{partitions}"),
                concurrency, partitions, type.Name));
        }
    }

    private static void CheckServices(SymbolAnalysisContext context, INamedTypeSymbol type, ScopedServices scoped)
    {
        foreach (var parameter in type.InstanceConstructors.SelectMany(constructor => constructor.Parameters)
            .Where(parameter => scoped.IsScoped(parameter.Type)))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                GroupRules.ScopedServiceInSingleton, parameter.Locations[0], type.Name, parameter.Type.Name));
        }
    }

    private static ITypeSymbol Unwrap(ITypeSymbol type)
    {
        type.IsNullableValue(out var inner);
        return inner is INamedTypeSymbol { Name: "MessageBatch", TypeArguments: { Length: 1 } arguments } ? arguments[0] : inner;
    }

    private static string GroupId(AttributeData group) => group.Positional<string>(0) ?? "";

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor rule, ISymbol where, params object[] arguments)
        => context.ReportDiagnostic(Diagnostic.Create(rule, where.Locations[0], arguments));
}
