using Microsoft.CodeAnalysis;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits.Flow;

/// <summary>What is known of a body before its ways are followed. Immutable.</summary>
internal sealed class BodyTables
{
    private readonly HashSet<SyntaxNode> _escapes;

    private BodyTables(IReadOnlyCollection<IOperation> blocks, CallTable calls)
    {
        Blocks = blocks;
        Calls = calls;
        Tasks = TaskHolders.Read(blocks, calls);
        _escapes = ContextUses.FindEscapes(blocks);
    }

    public IReadOnlyCollection<IOperation> Blocks { get; }

    public CallTable Calls { get; }

    public TaskHolders Tasks { get; }

    /// <summary>Reads a body; null where it holds more than can be followed.</summary>
    public static BodyTables? Read(IReadOnlyCollection<IOperation> blocks, MessageUses message, CommitOptions options)
    {
        var calls = CallTable.Read(blocks, message, options);
        return calls.IsTooLarge ? null : new BodyTables(blocks, calls);
    }

    /// <summary>Whether a context escapes at a syntax.</summary>
    public bool IsEscape(SyntaxNode syntax) => _escapes.Contains(syntax);
}
