using Microsoft.CodeAnalysis;
using Streams.Shared;

namespace Streams.Analyzers;

/// <summary>The rules of names and values in attributes.</summary>
internal static class ConfigurationRules
{
    public static readonly DiagnosticDescriptor InvalidName = new(
        DiagnosticIds.InvalidName,
        title: "Invalid topic or group name",
        messageFormat: "{0} '{1}' is no valid name: {2}",
        category: Categories.Configuration, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.InvalidName));

    public static readonly DiagnosticDescriptor InvalidDuration = new(
        DiagnosticIds.InvalidDuration,
        title: "Invalid duration",
        messageFormat: "{0} = \"{1}\" is no duration; write a whole number and ms, s, m, h or d, such as \"250ms\" or \"7d\"",
        category: Categories.Configuration, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.InvalidDuration));

    public static readonly DiagnosticDescriptor UnsuitableProject = new(
        DiagnosticIds.UnsuitableProject,
        title: "Project cannot take generated code",
        messageFormat: "Nothing can be generated for '{0}' in this project: {1}",
        category: Categories.Configuration, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: HelpLinks.For(DiagnosticIds.UnsuitableProject));
}
