using System.Globalization;

namespace Streams.Storage.Tests.Properties;

/// <summary>
/// The seeds of a randomised test: from 1 on. <c>STREAMS_TEST_SEED=17</c> runs that one alone, <c>STREAMS_TEST_SEED=1-5000</c> runs many.
/// </summary>
internal static class TestSeeds
{
    public const string Variable = "STREAMS_TEST_SEED";

    public static IEnumerable<int> Of(int count)
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(given))
        {
            return Enumerable.Range(1, count);
        }

        var bounds = given.Split('-').Select(bound => int.Parse(bound, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(bounds[0], bounds[^1] - bounds[0] + 1);
    }
}
