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
    public void Generated_ForUnusualNames_Compiles(string source) => Sources.Run(source);

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
