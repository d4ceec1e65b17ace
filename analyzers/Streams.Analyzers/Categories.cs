namespace Streams.Analyzers;

/// <summary>The categories of rules.</summary>
internal static class Categories
{
    public const string Commit = "Streams.Commit";
    public const string Handler = "Streams.Handler";
    public const string Message = "Streams.Message";
    public const string Configuration = "Streams.Configuration";
}
