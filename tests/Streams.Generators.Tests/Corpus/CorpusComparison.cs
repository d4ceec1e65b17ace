namespace Streams.Generators.Tests.Corpus;

/// <summary>Compares generated code with the package that is loaded beside it, on random values of a contract.</summary>
internal static class CorpusComparison
{
    /// <summary>Gets the version of the package that decides.</summary>
    public static Version PackageVersion => typeof(MessagePack.MessagePackSerializer).Assembly.GetName().Version!;

    /// <summary>Returns what differs, or null. Called by name from another load context: takes and returns nothing but the framework's types.</summary>
    /// <param name="name">The contract.</param>
    /// <param name="rounds">How many values.</param>
    /// <param name="isUnordered">Whether the order of elements may differ after reading.</param>
    public static string? Find(string name, int rounds, bool isUnordered)
    {
        var contract = CorpusCase.All[name];
        for (var seed = 0; seed < rounds; seed++)
        {
            var value = contract.Create(new Random(seed));
            var expected = contract.OracleWrite(value);
            var difference = Differ(expected, contract.Write(value), "written", false)
                ?? Differ(expected, contract.OracleWrite(contract.Read(expected)), "read by generated code", isUnordered)
                ?? Differ(expected, contract.Write(contract.OracleRead(expected)), "read by the package", isUnordered);
            if (difference is not null)
            {
                return $"{name}, seed {seed}, MessagePack {PackageVersion}, {difference}";
            }
        }

        return null;
    }

    private static string? Differ(byte[] expected, byte[] actual, string what, bool isUnordered)
    {
        var isSame = isUnordered
            ? expected.Order().SequenceEqual(actual.Order())
            : expected.AsSpan().SequenceEqual(actual);
        return isSame ? null : $"{what}:\nexpected {Convert.ToHexString(expected)}\nactual   {Convert.ToHexString(actual)}";
    }
}
