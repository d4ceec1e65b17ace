using Microsoft.CodeAnalysis.CSharp;

namespace Streams.Analyzers.Tests;

public sealed class ProjectRuleTests
{
    [Theory]
    [InlineData("System")]
    [InlineData("Microsoft")]
    public Task UnsuitableProject_WhenATypeHidesANamespace_IsReported(string name)
        => Verify.DiagnosticsInAsync(
            $"public class {name} {{ }} [global::Streams.Message(\"m\")] public partial record {{|STRM0406:M|}}(int A); "
            + "[global::Streams.ConsumerGroup(\"g\")] public class {|STRM0406:H|} { public void Handle(M message) { } }",
            LanguageVersion.Preview,
            hasUsings: false);

    [Fact]
    public Task UnsuitableProject_WhenTheNameIsInANamespace_IsSilent()
        => Verify.DiagnosticsAsync(
            "namespace Shop { public class System { } public class Streams { } } [Message(\"m\")] public partial record M(int A);");

    [Fact]
    public Task UnsuitableProject_WhenTheLanguageIsTooOld_IsReported()
        => Verify.DiagnosticsInAsync(
            "[Message(\"m\")] public partial record {|STRM0406:M|}(int A);", LanguageVersion.CSharp10, hasUsings: true);

    [Fact]
    public Task UnsuitableProject_WhenTheLanguageIsOldEnough_IsSilent()
        => Verify.DiagnosticsInAsync(
            "[Message(\"m\")] public partial record M(int A, List<int> B);", LanguageVersion.CSharp12, hasUsings: true);
}
