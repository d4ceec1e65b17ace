using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Streams;

/// <summary>Assertions that stay on in Release: a bug stops the work it would spoil instead of spreading.</summary>
internal static class Invariant
{
    /// <summary>Throws unless the condition holds.</summary>
    public static void Holds(
        [DoesNotReturnIf(false)] bool condition,
        string because,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        if (!condition)
        {
            throw new InvalidOperationException(
                $"A promise of Streams does not hold ({expression}): {because} This is a bug; please report it.");
        }
    }
}
