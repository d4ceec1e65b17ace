using Microsoft.CodeAnalysis;

namespace Streams.Generators.Tests.Driving;

/// <summary>Names that break careless generators.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("[Message(\"m\")] public partial record Global(int A);")]
    [InlineData("namespace @namespace.@class { [Message(\"m\")] public partial record @event(int @int, string @string, int value, "
        + "int field, int @record); }")]
    [InlineData("namespace Größe { [Message(\"m\")] public partial record Straße(int Höhe); }")]
    [InlineData("namespace A.Streams { [Message(\"m\")] public partial record M(System.Guid Id); } namespace A.MessagePack { "
        + "public class MessagePackWriter; }")]
    [InlineData("namespace A.System { [global::Streams.Message(\"m\")] public partial record M(int A, global::System.Guid? B, "
        + "global::System.DateOnly C); }")]
    [InlineData("[Message(\"m\")] public partial record Descriptor(int Partition, string ReadPayload, int WriteKey, int Read, int "
        + "Write, int MemberName);")]
    [InlineData("public partial class Outer { public partial interface Middle { public partial record struct Inner { "
        + "[Message(\"m\")] internal sealed partial class M { public int A; } } } }")]
    [InlineData("namespace One { [Message(\"m\")] public partial record M(int A); } namespace Two { [Message(\"n\")] public "
        + "partial record M(int A); } [Message(\"o\")] public partial record m(int A); [Message(\"p\")] public partial record M(int A);")]
    [InlineData("[Message(\"m\")] public partial class Base { public int A { get; set; } } [Message(\"n\")] public partial class "
        + "Derived : Base { public int B { get; set; } }")]
    [InlineData("[Message(\"m\"), Obsolete(\"old\")] public partial class Old { [Obsolete(\"old\")] public int A { get; set; } }")]
    [InlineData("#nullable disable\n[Message(\"m\")] public partial class Oblivious { public string A { get; set; } public "
        + "List<string> B { get; set; } }")]
    [InlineData("[Message(\"a\\\"\\\\b\", Name = \"q\\\"\\\\\\u00e9\\n\")] public partial record Quoted(int A); "
        + "[ConsumerGroup(\"g\\\"\")] public class H { public void Handle(Quoted q) { } }")]
    [InlineData("[Message(\"m\")] public partial record @partial(int A, @where? B); public class @where { public int A { get; set; } "
        + "} [ConsumerGroup(\"g\")] public class @await { public @partial Handle(@partial m) => m; }")]
    [InlineData("[Message(\"m\")] public partial class M { public int System { get; set; } public int Streams { get; set; } public int "
        + "MessagePack { get; set; } public List<int>? value { get; set; } public int reader { get; set; } public int writer { get; set; } "
        + "public int trace { get; set; } public class global { } }")]
    [InlineData("namespace X { public class MessagePack { } public class Streams { } public class System { } "
        + "[global::Streams.Message(\"m\")] public partial record M(int A, string? B, global::System.Collections.Generic.List<int> C); }")]
    [InlineData("[Message(\"m\")] public partial record M((int @class, string @int) A, List<(int @event, int Größe)> B);")]
    [InlineData("[Message(\"m\")] public partial class M { [Obsolete(\"x\", true)] public int A { get; set; } public P? B { get; set; } } "
        + "public class P { [Obsolete(\"x\", true)] public int A { get; set; } }")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] public class P { public int A { get; set; } }\n#pragma warning "
        + "disable X1\n[Message(\"m\")] public partial record M(P A);\n#pragma warning restore X1")]
    [InlineData("public ref partial struct Outer { [Message(\"m\")] public partial record M(int A); }")]
    [InlineData("namespace Shop { [Message(\"m\")] public partial record Shop(int A, Shop? B); }")]
    [InlineData("[Message(\"m\")] public partial record M(int A); [ConsumerGroup(\"g\")] public class H(double a = double.NaN, float b = "
        + "float.PositiveInfinity, decimal c = 79228162514264337593543950335m, decimal d = -1.5m, long e = long.MinValue, char f = '\\'') "
        + "{ public string Text => $\"{a}{b}{c}{d}{e}{f}\"; public void Handle(M m) { } }")]
    public void Generated_ForUnusualNames_Compiles(string source) => Sources.Run(source);

    // The compiler refuses the second attribute. The generator must not lose everything else over it.
    [Fact]
    public void Generated_WhenAnAttributeStandsOnTwoParts_KeepsTheRest()
    {
        var compilation = Sources.Compile(
            ["[Message(\"m\")] public partial class M { [Key(0)] public int A { get; set; } }", "[Message(\"n\")] public partial class M;",
                "[ConsumerGroup(\"g\")] public partial class H { public void Handle(M m) { } }",
                "[ConsumerGroup(\"h\")] public partial class H;"]);

        Sources.Driver().RunGeneratorsAndUpdateCompilation(
            compilation, out var generated, out var diagnostics, TestContext.Current.CancellationToken);

        Assert.Empty(diagnostics);
        Assert.All(
            generated.GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden),
            diagnostic => Assert.Equal("CS0579", diagnostic.Id));
    }

    [Fact]
    public void Generated_ForVeryLongNames_HasShortFiles()
    {
        var name = new string('N', 300);

        var result = Sources.Run(
            $"namespace {name} {{ [Message(\"m\")] public partial record {name}(int A, P{name} P); public record P{name}(int A); "
            + $"[ConsumerGroup(\"g\")] public class H{name} {{ public void Handle({name} m) {{ }} }} }}").Result;

        Assert.All(result.GeneratedTrees, tree => Assert.InRange(Path.GetFileName(tree.FilePath).Length, 1, 130));
    }

    [Fact]
    public void Handlers_WithUnusualNames_Compile()
        => Sources.Run("""
            namespace @new.Streams
            {
                [global::Streams.Message("m")] public partial record @class(int A);

                public static class Outer
                {
                    [global::Streams.ConsumerGroup("g")]
                    internal sealed class @switch(
                        System.Func<string?> @default, (int, string)[] pairs, IEnumerable<Dictionary<string, int?>> generic)
                    {
                        public @class? Handle(@class @event) => @default is null || pairs is null || generic is null ? null : @event;
                    }
                }
            }
            """);
}
