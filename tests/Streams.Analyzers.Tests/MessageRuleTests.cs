namespace Streams.Analyzers.Tests;

public sealed class MessageRuleTests
{
    private const string Formatters = """
        public class Open<T> : MessagePack.Formatters.IMessagePackFormatter<T>
        {
            public static readonly Open<T> Instance = new();
            protected Open() { }
            public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) => writer.WriteNil();
            public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) => default!;
        }

        public sealed class Needing : Open<int> { public Needing(int a) { } }

        [MessagePackFormatter(typeof(Open<Formatted>))] public class Formatted { public object? Anything { get; set; } }
        [MessagePackFormatter(typeof(Hidden))] public class Outer { private class Hidden : Open<Outer>; }
        """;

    [Theory]
    [InlineData("[Message(\"m\")] public record {|STRM0201:M|}(int A);")]
    [InlineData("public class {|STRM0201:Outer|} { [Message(\"m\")] public partial record M(int A); }")]
    [InlineData("[Message(\"m\")] public struct {|STRM0201:M|} { public int A; }")]
    public Task MissingPartial_WhenNothingCanBeAdded_IsReported(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[Message(\"m\")] public partial record M(int A);")]
    [InlineData("[Message(\"m\")] public partial record class M(int A);")]
    [InlineData("[Message(\"m\")] public partial record struct M(int A);")]
    [InlineData("[Message(\"m\")] internal readonly partial record struct M(int A);")]
    [InlineData("public static partial class Outer { public partial struct Inner { [Message(\"m\")] public partial class M { } } }")]
    [InlineData("public partial interface IOuter { [Message(\"m\")] public sealed partial record M(int A); }")]
    [InlineData("namespace @namespace.@class { [Message(\"m\")] public partial record @event(int @int, string @string); }")]
    [InlineData("[Message(\"m\")] public partial record Größe(int Höhe);")]
    [InlineData("[Message(\"m\")] public partial class M { public int A { get; private set; } public int Computed => A; public int B; }")]
    [InlineData("[Message(\"m\")] public partial class M { public required int A { get; init; } public readonly int B; public "
        + "M(int b) => B = b; }")]
    public Task Message_WhenSound_IsSilent(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[Message(\"m\", Ordered = true)] public partial record {|STRM0203:M|}(int A);")]
    [InlineData("[Message(\"m\")] public partial record M([PartitionKey] int A, [PartitionKey] int {|STRM0203:B|});")]
    public Task NoPartitionKey_WhenOrderIsPromised_IsReported(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[Message(\"m\", Ordered = true)] public partial record M([PartitionKey] int A);")]
    [InlineData("[Message(\"m\", Ordered = true)] public partial record M([PartitionKey(Order = 1)] int A, [PartitionKey] int B);")]
    [InlineData("[Message(\"m\", Ordered = true)] public partial record M { [PartitionKey] public int A { get; init; } }")]
    [InlineData("[Message(\"m\", Ordered = true)] public partial record M(int A) { [PartitionKey] public string Id => A + \"\"; }")]
    public Task NoPartitionKey_WhenThereIsOne_IsSilent(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("float")]
    [InlineData("double")]
    [InlineData("decimal")]
    [InlineData("DateTime")]
    [InlineData("DateTimeOffset")]
    [InlineData("bool")]
    [InlineData("char[]")]
    [InlineData("int[]")]
    [InlineData("List<byte>")]
    [InlineData("double?")]
    [InlineData("Two")]
    public Task UnstableKey_WhenEqualValuesDiffer_IsReported(string type)
        => Verify.DiagnosticsAsync(
            $"public struct Two {{ public int A; public int B; }} [Message(\"m\")] public partial record M([PartitionKey] {type} "
                + $"{{|STRM0204:A|}});");

    [Theory]
    [InlineData("string")]
    [InlineData("Guid")]
    [InlineData("byte[]")]
    [InlineData("ReadOnlyMemory<byte>")]
    [InlineData("sbyte")]
    [InlineData("ulong")]
    [InlineData("DayOfWeek")]
    [InlineData("OrderId")]
    [InlineData("TextId")]
    public Task UnstableKey_WhenBytesAreDefined_IsSilent(string type)
        => Verify.DiagnosticsAsync(
            "public readonly record struct OrderId(Guid Value); public readonly record struct TextId(string Value); "
            + $"[Message(\"m\")] public partial record M([PartitionKey] {type} A);");

    [Theory]
    [InlineData("[Message(\"m\")] public partial record M([PartitionKey] string? {|STRM0205:A|});")]
    [InlineData("[Message(\"m\")] public partial record M([PartitionKey] int? {|STRM0205:A|});")]
    [InlineData("[Message(\"m\")] public partial class M { [PartitionKey] public Guid? {|STRM0205:A|} { get; set; } }")]
    public Task NullableKey_WhenNothingSaysHow_IsReported(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[Message(\"m\", Unkeyed = Unkeyed.RoundRobin)] public partial record M([PartitionKey] string? A);")]
    [InlineData("[Message(\"m\")] public partial record M([PartitionKey] string A);")]
    [InlineData("[Message(\"m\")] public partial record M([PartitionKey(Order = 0)] string? A, [PartitionKey(Order = 1)] int B);")]
    public Task NullableKey_WhenSaidOrComposite_IsSilent(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("object")]
    [InlineData("dynamic")]
    [InlineData("Action")]
    [InlineData("Stream")]
    [InlineData("Task")]
    [InlineData("IDisposable")]
    [InlineData("List<object>")]
    [InlineData("Dictionary<string, Action?>")]
    [InlineData("(int, object)")]
    [InlineData("nint")]
    [InlineData("Type")]
    [InlineData("System.Collections.ArrayList")]
    [InlineData("Comparable")]
    [InlineData("int[,,,,]")]
    [InlineData("IntPtr")]
    [InlineData("System.Net.IPAddress")]
    [InlineData("Own")]
    public Task UnsupportedMember_WhenTypeHasNoPlace_IsReported(string type)
        => Verify.DiagnosticsAsync(
            "public sealed class Own(int a) : IEnumerable<int> { public IEnumerator<int> GetEnumerator() { yield return a; } "
            + "System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); } "
            + "public interface Comparable; "
            + $"[Message(\"m\")] public partial record M(int A, {type} {{|STRM0207:B|}});");

    [Theory]
    [InlineData("Node<List<T>>")]
    [InlineData("Node<(T, T)>")]
    [InlineData("Node<T[]>[]")]
    public Task UnsupportedMember_WhenTypesGrowWithoutEnd_IsReported(string next)
        => Verify.DiagnosticsAsync(
            $"public class Node<T> {{ public {next}? {{|STRM0207:Next|}} {{ get; set; }} }} "
            + "[Message(\"m\")] public partial record M(Node<int> A);");

    [Fact]
    public Task UnsupportedMember_InsideAPlainTypeOfTwoMessages_IsReportedOnce()
        => Verify.DiagnosticsAsync(
            "public class Inner { public object? {|STRM0207:A|} { get; set; } public int {|STRM0207:B|} { get; private set; } } "
            + "[Message(\"m\")] public partial record M(Inner A); [Message(\"n\")] public partial record N(List<Inner> A);");

    [Theory]
    [InlineData("[Message(\"m\")] public partial record M(int A) { [IgnoreMember] public object? B { get; set; } }")]
    [InlineData("[Message(\"m\")] public partial record M(int A) { private object? _b; public object? B() => _b; }")]
    [InlineData("[Message(\"m\")] public partial record M(int[] A, string?[]? B, List<List<int?>> C, (int, string) D, "
        + "KeyValuePair<int, N> E); public record N(M? Up);")]
    public Task UnsupportedMember_WhenNotPartOfThePayload_IsSilent(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[Message(\"m\")] public partial class M { [MessagePack.Key(0)] public int A { get; set; } [MessagePack.Key(0)] "
        + "public int {|STRM0208:B|} { get; set; } }")]
    [InlineData("[Message(\"m\")] public partial class M { [Key(-1)] public int {|STRM0208:A|} { get; set; } }")]
    [InlineData("[Message(\"m\")] public partial class M { [Key(0)] public int A { get; set; } public int {|STRM0208:B|} { get; set; } }")]
    [InlineData("[Message(\"m\")] public partial class M { [Key(0)] public int A { get; set; } [Key(\"b\")] public int "
        + "{|STRM0208:B|} { get; set; } }")]
    [InlineData("[Message(\"m\")] public partial class M { [Key(\"a\")] public int A { get; set; } [Key(\"a\")] public int "
        + "{|STRM0208:B|} { get; set; } }")]
    [InlineData("[Message(\"m\"), MessagePackObject] public partial class M { public int {|STRM0208:A|} { get; set; } }")]
    [InlineData("[Message(\"m\")] public partial class {|STRM0208:M|} { public int A { get; set; } } public partial class M { "
        + "public int B { get; set; } }")]
    [InlineData("[Message(\"m\")] public partial class M { [System.ComponentModel.DataAnnotations.Key] public int {|STRM0208:A|} "
        + "{ get; set; } }")]
    [InlineData("[Message(\"m\")] public partial class M { [Key(0)] public int A { get; set; } [Key(1)] private int {|STRM0208:B|} "
        + "{ get; set; } }")]
    [InlineData("public class B { public int A { get; set; } } [Message(\"m\")] public partial class M : B { public new string? "
        + "{|STRM0208:A|} { get; set; } }")]
    public Task BadFieldIndex_WhenPositionsContradict_IsReported(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[Message(\"m\")] public partial class M { [Key(4)] public int A { get; set; } [Key(0)] public int B { get; set; "
        + "} [IgnoreMember] public int C { get; set; } }")]
    [InlineData("[Message(\"m\"), MessagePackObject(true)] public partial class M { public int A { get; set; } }")]
    [InlineData("public class B { [IgnoreMember] public int A { get; set; } } [Message(\"m\")] public partial class M : B { public new "
        + "string? A { get; set; } }")]
    [InlineData("public class B { [Key(0)] public virtual int A { get; set; } } [Message(\"m\")] public partial class M : B { public "
        + "override int A { get; set; } [Key(1)] public int C { get; set; } }")]
    [InlineData("[System.Runtime.Serialization.DataContract, Message(\"m\")] public partial class M { "
        + "[System.Runtime.Serialization.DataMember(Order = 1)] public int A { get; set; } public object? B { get; set; } }")]
    [InlineData("[Message(\"m\")] public partial class M { public int A { get; set; } } public partial class M { public int B() "
        + "=> A; private int _c = 1; public int C() => _c; }")]
    [InlineData("[Message(\"m\")] public partial class M { [Key(0)] public int A { get; set; } } public partial class M { "
        + "[Key(1)] public int B { get; set; } }")]
    public Task BadFieldIndex_WhenPositionsAreClear_IsSilent(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[Message(\"m\")] public partial record {|STRM0209:M|}<T>(T A);")]
    [InlineData("public partial class Outer<T> { [Message(\"m\")] public partial record {|STRM0209:M|}(int A); }")]
    public Task OpenGenericMessage_WhenArgumentsAreOpen_IsReported(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("public abstract record Envelope<T>(T Body); [Message(\"m\")] public partial record M(int Body) : Envelope<int>(Body);")]
    [InlineData("public record Pair<T>(T A, T B); [Message(\"m\")] public partial record M(Pair<int> A, Pair<string> B);")]
    public Task OpenGenericMessage_WhenArgumentsAreKnown_IsSilent(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[Message(\"m\")] public partial class {|STRM0210:M|} { public M(string text) { A = text.Length; } public int A { "
        + "get; } }")]
    [InlineData("[Message(\"m\")] public partial class M { [Key(0)] public int {|STRM0210:A|} => 1; }")]
    [InlineData("[Message(\"m\")] public partial class M { public List<int> {|STRM0210:A|} { get; } = []; }")]
    [InlineData("[Message(\"m\")] public partial class M { public readonly int {|STRM0210:A|} = 3; }")]
    [InlineData("public class {|STRM0210:P|} { [SerializationConstructor] private P(int a) { A = a; } public P() { } public int A { get; "
        + "set; } } [Message(\"m\")] public partial record M(P A);")]
    [InlineData("[Message(\"m\")] public partial class {|STRM0210:M|} { [SerializationConstructor] public M(string b) { A = b.Length; } "
        + "public M() { } public int A { get; set; } }")]
    public Task LossyDeserialization_WhenNothingPutsItBack_IsReported(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[Message(\"m\")] public partial class M { public M(int a) { A = a; } public int A { get; } }")]
    [InlineData("[Message(\"m\")] public partial class M { public M(int x, string y) { A = x; B = y; } [Key(0)] public int A { get; } "
        + "[Key(1)] public string B { get; } }")]
    [InlineData("[Message(\"m\")] public partial class M { public M(IEnumerable<int> a) { A = [.. a]; } public List<int> A { get; } }")]
    [InlineData("[Message(\"m\")] public partial class M { public int A { get; set; } public int B { get { return A; } } [IgnoreMember] "
        + "public List<int> C { get; } = []; }")]
    [InlineData("[Message(\"m\")] public partial class M { private M() { } public M(string text) { A = text.Length; } public int "
        + "A { get; set; } }")]
    public Task LossyDeserialization_WhenAConstructorFits_IsSilent(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[Message(\"m\")] public abstract partial record {|STRM0211:M|}(int A);")]
    [InlineData("[Message(\"m\"), Union(0, typeof(A))] public partial record {|STRM0211:M|}(int X); public record A(int X) : M(X);")]
    [InlineData("[Message(\"m\"), Union(0, typeof(A)), {|STRM0211:Union(0, typeof(B))|}] public abstract partial record M(int X); public "
        + "record A(int X) : M(X); public record B(int X) : M(X);")]
    [InlineData("[Message(\"m\"), Union(0, typeof(A)), {|STRM0211:Union(1, typeof(A))|}] public abstract partial record M(int X); public "
        + "record A(int X) : M(X);")]
    [InlineData("[Message(\"m\"), {|STRM0211:Union(0, typeof(string))|}] public abstract partial record M(int X);")]
    [InlineData("[Message(\"m\"), {|STRM0211:Union(0, typeof(A))|}] public abstract partial record M(int X); public abstract record "
        + "A(int X) "
        + ": M(X);")]
    [InlineData("[Message(\"m\"), {|STRM0211:Union(0, typeof(A<>))|}] public abstract partial record M(int X); public record A<T>(int X) "
        + ": M(X);")]
    [InlineData("[Message(\"m\"), {|STRM0211:Union(0, \"A\")|}] public abstract partial record M(int X);")]
    [InlineData("[Message(\"m\")] public partial record M(IShape A); [{|STRM0211:Union(0, typeof(int))|}] public interface IShape;")]
    [InlineData("[Message(\"m\"), Union(0, typeof(A))] public abstract partial record M(int X); public record A(int X) : M(X); public "
        + "record "
        + "{|STRM0211:B|}(int X) : A(X);")]
    [InlineData("[Union(0, typeof(A))] public interface IShape; public record A(int X) : IShape; public record struct "
        + "{|STRM0211:B|}(int X) "
        + ": IShape;")]
    public Task FaultyUnion_WhenTagsDoNotTell_IsReported(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("public abstract record B(int A); [Message(\"m\")] public partial record M(int A) : B(A);")]
    [InlineData("[Message(\"m\"), Union(0, typeof(A)), Union(5, typeof(B))] public abstract partial record M(int X); public record "
        + "A(int X) "
        + ": M(X); public record B(int X, M? Inner) : M(X);")]
    [InlineData("[Message(\"m\")] public partial record M(IShape A); [Union(0, typeof(Circle)), Union(1, typeof(Point))] public interface "
        + "IShape; public record Circle(int R) : IShape; public record struct Point(int X, int Y) : IShape;")]
    public Task FaultyUnion_WhenTagsTell_IsSilent(string source) => Verify.DiagnosticsAsync(source);

    [Theory]
    [InlineData("[property: MessagePackFormatter(typeof(string))] int {|STRM0207:A|}")]
    [InlineData("[property: MessagePackFormatter(typeof(Open<>))] int {|STRM0207:A|}")]
    [InlineData("[property: MessagePackFormatter(typeof(Needing))] int {|STRM0207:A|}")]
    [InlineData("[property: MessagePackFormatter(typeof(Needing), 1)] long {|STRM0207:A|}")]
    [InlineData("Outer {|STRM0207:A|}")]
    public Task UnsupportedMember_WhenItsFormatterCannotBeUsed_IsReported(string parameter)
        => Verify.DiagnosticsAsync(Formatters + $" [Message(\"m\")] public partial record M({parameter});");

    [Theory]
    [InlineData("[property: MessagePackFormatter(typeof(Needing), 1)] int A")]
    [InlineData("[property: MessagePackFormatter(typeof(Open<int>))] int A")]
    [InlineData("Formatted A")]
    public Task UnsupportedMember_WhenItsFormatterFits_IsSilent(string parameter)
        => Verify.DiagnosticsAsync(Formatters + $" [Message(\"m\")] public partial record M({parameter});");

    [Theory]
    [InlineData("public partial class Outer { [Message(\"m\")] private partial record {|STRM0212:M|}(int A); }")]
    [InlineData("[Message(\"m\")] file partial record {|STRM0212:M|}(int A);")]
    public Task InaccessibleMessage_WhenNobodyCanNameIt_IsReported(string source) => Verify.DiagnosticsAsync(source);

    [Fact]
    public Task InaccessibleMessage_WhenInternal_IsSilent()
        => Verify.DiagnosticsAsync("internal partial class Outer { [Message(\"m\")] internal partial record M(int A); }");

    [Theory]
    [InlineData("public sealed class P;")]
    [InlineData("public abstract class P : IPartitioner<M> { public abstract int Partition(M message, ReadOnlySpan<byte> key, int "
        + "partitionCount); }")]
    [InlineData("public sealed class P(int a) : IPartitioner<M> { public int Partition(M message, ReadOnlySpan<byte> key, int "
        + "partitionCount) => a; }")]
    public Task UnusablePartitioner_WhenItCannotBeCalled_IsReported(string partitioner)
        => Verify.DiagnosticsAsync(partitioner + " [Message(\"m\", Partitioner = typeof(P))] public partial record {|STRM0213:M|}(int A);");

    [Theory]
    [InlineData("public sealed class P : IPartitioner<M> { public int Partition(M message, ReadOnlySpan<byte> key, int "
        + "partitionCount) => 0; }")]
    [InlineData("public sealed class P : IPartitioner<object> { int IPartitioner<object>.Partition(object message, "
        + "ReadOnlySpan<byte> key, int partitionCount) => 0; }")]
    public Task UnusablePartitioner_WhenItFits_IsSilent(string partitioner)
        => Verify.DiagnosticsAsync(partitioner + " [Message(\"m\", Partitioner = typeof(P))] public partial record M(int A);");

    [Theory]
    [InlineData("")]
    [InlineData("orders/eu")]
    [InlineData("..")]
    [InlineData("orders eu")]
    [InlineData("{Environment")]
    public Task InvalidName_WhenTopicIsNoKafkaName_IsReported(string topic)
        => Verify.DiagnosticsAsync($"[Message(\"{topic}\")] public partial record {{|STRM0401:M|}}(int A);");

    [Theory]
    [InlineData("orders.eu-1_x")]
    [InlineData("{Environment}.orders")]
    public Task InvalidName_WhenTopicIsOne_IsSilent(string topic)
        => Verify.DiagnosticsAsync($"[Message(\"{topic}\")] public partial record M(int A);");

    [Theory]
    [InlineData("5 seconds")]
    [InlineData("")]
    [InlineData("-1s")]
    [InlineData("0s")]
    [InlineData("9223372036854775807d")]
    [InlineData("00:00:05")]
    public Task InvalidDuration_WhenTextIsNone_IsReported(string text)
        => Verify.DiagnosticsAsync($"[Message(\"m\", Retention = \"{text}\")] public partial record {{|STRM0405:M|}}(int A);");

    [Theory]
    [InlineData("250ms")]
    [InlineData("7d")]
    public Task InvalidDuration_WhenTextIsOne_IsSilent(string text)
        => Verify.DiagnosticsAsync($"[Message(\"m\", Retention = \"{text}\")] public partial record M(int A);");
}
