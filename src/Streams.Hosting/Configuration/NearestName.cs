namespace Streams.Hosting.Configuration;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
internal static class NearestName
{
    private const int DistanceMax = 3;

    /// <summary>Returns a sentence that names the nearest one, or all.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">What there is.</param>
    public static string Advice(string name, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0)
        {
            return "There is none here.";
        }

        var nearest = known.MinBy(candidate => Distance(name, candidate))!;
        var all = $"Known here: {string.Join(", ", known.Select(candidate => $"'{candidate}'"))}.";
        return Distance(name, nearest) <= Math.Min(DistanceMax, nearest.Length / 2) ? $"Did you mean '{nearest}'? {all}" : all;
    }

    // Levenshtein's distance, not counting case.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
