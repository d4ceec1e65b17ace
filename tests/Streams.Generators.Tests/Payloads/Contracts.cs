namespace Streams.Generators.Tests.Payloads;

[Message("readers")]
public partial record Simple(int Number, string? Text);

[Message("readers")]
public partial record Deep(int? Nothing, Dictionary<string, List<Simple>>? Map);

[Message("readers")]
public partial record OneTime(DateTime Time);

[Message("readers")]
public partial class Initialised
{
    public int First { get; set; } = 1;

    public string Second { get; set; } = "initial";
}

[Message("readers")]
public partial record Refusing
{
    public Refusing(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        Number = number;
    }

    public int Number { get; }
}

[Message("readers")]
public partial class Chain
{
    public Chain? Next { get; set; }
}

[Message("readers")]
public partial record Vectors(
    int A, int B, int C, int D, int E, int F, int G, int H, char I, char J, string K, byte[] L, List<byte> M, Dictionary<string, int> N,
    Guid O, decimal P, DateTime Q, DateOnly R, TimeOnly S, int? T);
