using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Streams.Generators.Tests.Driving;

/// <summary>What the generators do again after an edit, and what they do not: typing must not wait for them.</summary>
public sealed class CachingTests
{
    private const string Orders = """
        [Message("orders")]
        public partial record Placed([PartitionKey] Guid Id, Line Line);
        public record Line(int Count);
        """;

    private const string Readings = """
        [Message("readings")]
        public partial record Reading(int Sensor, double Value);
        """;

    private const string Handlers = """
        [ConsumerGroup("billing")]
        public class Billing { public void Handle(Placed order) { } }
        [ConsumerGroup("averages")]
        public class Averages { public void Handle(Reading reading) { } }
        """;

    private const string Unrelated = "public class Unrelated { public int A() => 1; }";

    private static readonly string[] AllSteps =
    [
        StepNames.ReadMessages, StepNames.Messages, StepNames.PlainTypes, StepNames.ReadHandlers,
        StepNames.ModuleMessages, StepNames.ModuleHandlers, StepNames.ReferencedModules, StepNames.Module,
    ];

    [Fact]
    public void Run_OfTheSameCompilation_IsCached()
    {
        var compilation = Sources.Compile([Orders, Readings, Handlers, Unrelated]);

        var (_, second) = RunTwice(compilation, compilation);

        AssertNothingDone(second);
    }

    [Theory]
    [InlineData(3, "public class Unrelated { public int A() => 2; public record More(int B); }")]
    [InlineData(0, "// a comment\n" + Orders)]
    [InlineData(1, Readings + "\n\npublic enum Beside { A }")]
    [InlineData(2, "// moved\n\n" + Handlers)]
    public void Run_AfterAnEditThatChangesNothing_KeepsAllOutputs(int index, string source)
    {
        var compilation = Sources.Compile([Orders, Readings, Handlers, Unrelated]);

        var (_, second) = RunTwice(compilation, Edit(compilation, index, source));

        AssertNothingDone(second);
    }

    [Fact]
    public void Run_AfterAnEditOfOneMessage_KeepsTheOther()
    {
        var compilation = Sources.Compile([Orders, Readings, Handlers, Unrelated]);

        var (first, second) = RunTwice(
            compilation, Edit(compilation, 1, Readings.Replace("double Value", "double Value, string Unit", StringComparison.Ordinal)));

        Assert.Equal(["Reading"], Changed(first, second));
        Assert.Contains(Reasons(second, StepNames.Messages), reason => reason == IncrementalStepRunReason.Modified);
        Assert.Contains(
            Reasons(second, StepNames.Messages), reason => reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached);
        AssertAllOf(second, StepNames.Module, unchanged: true);
        AssertAllOf(second, StepNames.ReadHandlers, unchanged: true);
        Assert.Equal(1, OutputsRun(second));
    }

    [Fact]
    public void Run_AfterAnEditOfAPlainType_WritesItsCodecOnly()
    {
        var compilation = Sources.Compile([Orders, Readings, Handlers, Unrelated]);

        var (first, second) = RunTwice(
            compilation, Edit(compilation, 0, Orders.Replace("int Count", "int Count, int Price", StringComparison.Ordinal)));

        Assert.Equal(["Line"], Changed(first, second));
        AssertAllOf(second, StepNames.Messages, unchanged: true);
        Assert.Equal(1, OutputsRun(second));
    }

    [Fact]
    public void Run_AfterAnEditOfOneHandler_KeepsTheOtherAndTheModule()
    {
        var compilation = Sources.Compile([Orders, Readings, Handlers, Unrelated]);

        var (first, second) = RunTwice(
            compilation, Edit(compilation, 2, Handlers.Replace("Handle(Placed order)", "Handle(Placed? order)", StringComparison.Ordinal)));

        Assert.Equal(["Billing"], Changed(first, second));
        AssertAllOf(second, StepNames.Module, unchanged: true);
        AssertAllOf(second, StepNames.Messages, unchanged: true);
        Assert.Equal(1, OutputsRun(second));
    }

    [Fact]
    public void Run_AfterANewMessage_WritesItAndTheModule()
    {
        var compilation = Sources.Compile([Orders, Readings, Handlers, Unrelated]);

        var (first, second) = RunTwice(compilation, Edit(compilation, 3, "[Message(\"new\")] public partial record New(int A);"));

        Assert.Equal(["New", "StreamsModule"], Changed(first, second));
    }

    [Fact]
    public void Run_OfTreesInAnotherOrder_WritesTheSame()
    {
        var one = Sources.Run(Orders, Readings, Handlers, Unrelated).Result;
        var other = Sources.Run(Unrelated, Handlers, Readings, Orders).Result;

        Assert.Equal(Texts(one), Texts(other));
    }

    // Finnish writes minus as U+2212 and a decimal comma.
    [Fact]
    public void Run_UnderAnotherCulture_WritesTheSame()
    {
        const string Source = "[Message(\"m\", Partitions = 1234, Retention = \"3h\")] public partial record Message(int I, double D);"
            + "[ConsumerGroup(\"g\", Concurrency = 12)] public class H(int a = -1, double b = -1.5) { public void Handle(Message "
                + "m) { a++; b++; } }";
        var expected = Texts(Sources.Run(Source).Result);
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            var changed = (System.Globalization.CultureInfo)before.Clone();
            changed.NumberFormat.NegativeSign = "\u2212";
            changed.NumberFormat.NumberDecimalSeparator = ",";
            System.Globalization.CultureInfo.CurrentCulture = changed;
            Assert.Equal(expected, Texts(Sources.Run(Source).Result));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Models_AreEqualWhenReadTwice_AndHoldNothingOfTheCompiler()
    {
        var one = Outputs(Run(Sources.Compile([Orders, Readings, Handlers, Unrelated])));
        var other = Outputs(Run(Sources.Compile([Orders, Readings, Handlers, Unrelated])));

        Assert.Equal(one.Count, other.Count);
        foreach (var (left, right) in one.Zip(other))
        {
            Assert.NotSame(left, right);
            Assert.Equal(left, right);
            Assert.Equal(left?.GetHashCode(), right?.GetHashCode());
        }

        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Assert.All(one, value => AssertPlain(value, seen));
        Assert.True(seen.Count > 20, "The walk saw too little to mean anything.");
    }

    [Fact]
    public void Driver_KeepsNoCompilationAlive()
    {
        var driver = (GeneratorDriver)Sources.Driver();
        var alive = new List<WeakReference>();
        for (var round = 0; round < 4; round++)
        {
            driver = RunForgetting(driver, round, alive);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // The driver itself keeps the last one.
        Assert.True(alive.Take(3).All(reference => !reference.IsAlive), "A model roots an old compilation.");
        GC.KeepAlive(driver);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static GeneratorDriver RunForgetting(GeneratorDriver driver, int round, List<WeakReference> alive)
    {
        var compilation = Sources.Compile([Orders, Readings, Handlers, $"public class C{round};"]);
        alive.Add(new WeakReference(compilation));
        return driver.RunGenerators(compilation);
    }

    private static GeneratorDriverRunResult Run(Compilation compilation) => Sources.Driver().RunGenerators(compilation).GetRunResult();

    private static (GeneratorDriverRunResult First, GeneratorDriverRunResult Second) RunTwice(Compilation first, Compilation second)
    {
        var driver = Sources.Driver().RunGenerators(first);
        var before = driver.GetRunResult();
        return (before, driver.RunGenerators(second).GetRunResult());
    }

    private static CSharpCompilation Edit(CSharpCompilation compilation, int index, string source)
        => compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[index], Sources.Parse(source, index));

    private static IEnumerable<(string Name, IncrementalStepRunReason Reason)> Steps(GeneratorDriverRunResult result)
    {
        var steps = result.Results.SelectMany(run => run.TrackedSteps).Where(step => AllSteps.Contains(step.Key)).ToArray();
        Assert.Equal(AllSteps.Order(StringComparer.Ordinal), steps.Select(step => step.Key).Distinct().Order(StringComparer.Ordinal));
        return steps.SelectMany(step => step.Value.SelectMany(run => run.Outputs.Select(output => (step.Key, output.Reason))));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorDriverRunResult result, string step)
        => Steps(result).Where(run => run.Name == step).Select(run => run.Reason);

    private static void AssertAllOf(GeneratorDriverRunResult result, string step, bool unchanged)
        => Assert.All(Reasons(result, step), reason => Assert.Equal(
            unchanged, reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

    // Readers run again on every edit, that is how attributes are found; what they read is equal, so that nothing is written.
    private static void AssertNothingDone(GeneratorDriverRunResult result)
    {
        Assert.All(AllOutputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(Steps(result), step => Assert.True(
            step.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step.Name}: {step.Reason}"));
    }

    private static int OutputsRun(GeneratorDriverRunResult result)
        => AllOutputs(result).Count(reason => reason != IncrementalStepRunReason.Cached);

    private static IncrementalStepRunReason[] AllOutputs(GeneratorDriverRunResult result)
        => [.. result.Results.SelectMany(run => run.TrackedOutputSteps).SelectMany(step => step.Value)
            .SelectMany(run => run.Outputs).Select(output => output.Reason)];

    private static Dictionary<string, string> Texts(GeneratorDriverRunResult result)
        => result.Results.SelectMany(run => run.GeneratedSources)
            .ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    private static string[] Changed(GeneratorDriverRunResult first, GeneratorDriverRunResult second)
    {
        var before = Texts(first);
        return [.. Texts(second).Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value)
            .Select(pair => pair.Key.Split('.', '_')[0]).Order(StringComparer.Ordinal)];
    }

    private static List<object?> Outputs(GeneratorDriverRunResult result)
        => [.. result.Results.SelectMany(run => run.TrackedSteps).Where(step => AllSteps.Contains(step.Key))
            .OrderBy(step => step.Key, StringComparer.Ordinal)
            .SelectMany(step => step.Value).SelectMany(run => run.Outputs)
            .Select(output => output.Value).Where(value => value is not null)];

    private static void AssertPlain(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
        {
            return;
        }

        Assert.False(
            value is ISymbol or Compilation or SyntaxNode or SyntaxTree or Location or SemanticModel or Delegate,
            $"A model holds a {value.GetType()}.");
        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                AssertPlain(item, seen);
            }
        }

        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            AssertPlain(field.GetValue(value), seen);
        }
    }
}
