using Microsoft.CodeAnalysis;

namespace Streams.Shared;

/// <summary>Collects issues while a declaration is read, for analyzers; generators read with a sink that only remembers that there was one.</summary>
internal sealed class IssueSink(bool keep)
{
    private readonly List<Issue> _issues = [];

    public IReadOnlyList<Issue> Issues => _issues;

    /// <summary>Gets or sets what is being read: where an issue is reported whose own place is in another assembly.</summary>
    public ISymbol? Origin { get; set; }

    /// <summary>Gets a value indicating whether anything stands in the way of generating code.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds what makes generating impossible.</summary>
    public void AddError(string id, ISymbol where, params object[] arguments)
    {
        HasErrors = true;
        Add(id, where, arguments);
    }

    /// <summary>Adds what makes generating impossible at the attribute that says it.</summary>
    public void AddError(string id, AttributeData attribute, ISymbol symbol, params object[] arguments)
    {
        HasErrors = true;
        if (keep && attribute.ApplicationSyntaxReference is { } syntax)
        {
            _issues.Add(new Issue(id, Location.Create(syntax.SyntaxTree, syntax.Span), arguments));
        }
        else
        {
            Add(id, symbol, arguments);
        }
    }

    /// <summary>Adds what is wrong but can be generated nevertheless.</summary>
    public void Add(string id, ISymbol where, params object[] arguments)
    {
        if (keep)
        {
            var place = PlaceOf(where) ?? (Origin is null ? null : PlaceOf(Origin));
            _issues.Add(new Issue(id, place ?? Location.None, arguments));
        }
    }

    /// <summary>Marks the declaration as impossible where another declaration already carries the diagnostic.</summary>
    public void Fail() => HasErrors = true;

    private static Location? PlaceOf(ISymbol symbol) => symbol.Locations.FirstOrDefault(location => location.IsInSource);
}
