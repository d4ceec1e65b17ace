namespace Streams.Analyzers;

/// <summary>Where the page of a rule stands: docs/diagnostics in this repository.</summary>
internal static class HelpLinks
{
    private const string Folder = "https://github.com/streams-dotnet/streams/blob/main/docs/diagnostics/";

    public static string For(string id) => Folder + id + ".md";
}
