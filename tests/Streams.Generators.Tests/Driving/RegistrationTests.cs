using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Streams.Generators.Tests.Driving;

/// <summary>What an application finds when it calls the generated methods, over several assemblies.</summary>
public sealed class RegistrationTests
{
    private const string Contracts = """
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Handling")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Application")]
        namespace Contracts { [Message("orders")] public partial record Placed(int Id, Line? Line); }
        namespace Contracts { [Message("hidden")] internal partial record Hidden(int A); }
        namespace Contracts { [MessagePackObject] public record Line([property: Key(0)] int Count); }
        """;

    private const string Handling = """
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Application")]
        namespace Handling
        {
            [ConsumerGroup("billing")]
            public sealed class Billing { public Raised Handle(Contracts.Placed placed) => new(placed.Id, placed, placed.Line); }
        }
        namespace Handling { [Message("invoices")] public partial record Raised(int Id, Contracts.Placed Placed, Contracts.Line? Line); }
        """;

    private const string Application = """
        [ConsumerGroup("audit")] internal sealed class Audit { public void Handle(Handling.Raised raised) { } }
        public static class Program
        {
            public static void All(StreamsBuilder streams) => streams.AddHandlers().AddHandlers();
            public static void Messages(StreamsBuilder streams) => streams.AddMessages();
        }
        """;

    // The application knows its direct references only by name; each assembly sees the internals of the one before, so that
    // extension methods which were not embedded would be ambiguous.
    [Fact]
    public void AddHandlers_OverThreeAssemblies_FindsEverythingOnce()
    {
        var (all, messages) = Load(out var context);

        Assert.Equal(["Hidden", "Placed", "Raised"], all.Messages.Select(message => message.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["Audit", "Billing"], all.Handlers.Select(handler => handler.HandlerType.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["Hidden", "Placed", "Raised"], messages.Messages.Select(message => message.Name).Order(StringComparer.Ordinal));
        Assert.Empty(messages.Handlers);
        context.Unload();
    }

    [Fact]
    public void Messages_OfOtherAssemblies_AreHandledAndNested()
    {
        var (all, _) = Load(out var context);
        var billing = all.Handlers.Single(handler => handler.GroupId == "billing");

        Assert.Equal(["Placed"], billing.Messages.Select(message => message.Name));
        Assert.Equal(0, billing.Dispatcher.Route("orders", "Placed"u8));
        context.Unload();
    }

    [Fact]
    public void Extensions_WithoutMessagesOfTheirOwn_CallReferencedModules()
    {
        var contracts = Sources.Emit(Sources.Run(Sources.Compile([Contracts], "Contracts")).Compilation);

        var (result, _) = Sources.Run(Sources.Compile(["public class Nothing;"], "Empty", contracts));

        var generated = result.Results.SelectMany(run => run.GeneratedSources)
            .ToDictionary(source => source.HintName, source => source.SourceText.ToString());
        Assert.DoesNotContain("StreamsModule.g.cs", generated.Keys);
        Assert.Contains("Contracts_", generated["StreamsGeneratedExtensions.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Extensions_LeaveOutWhatHasAnAliasOnly()
    {
        var contracts = Sources.Emit(Sources.Run(Sources.Compile([Contracts], "Contracts")).Compilation).WithAliases(["other"]);

        var (result, _) = Sources.Run(Sources.Compile(["public class Nothing;"], "Empty", contracts));

        Assert.DoesNotContain(result.GeneratedTrees, tree => tree.ToString().Contains("Contracts_", StringComparison.Ordinal));
    }

    [Fact]
    public void Generators_WithoutStreams_WriteNothing()
    {
        var compilation = Sources.Compile(["public class Nothing;"]);
        compilation = compilation
            .RemoveReferences(compilation.References.Where(reference => reference.Display!.Contains("Streams.", StringComparison.Ordinal)))
            .RemoveSyntaxTrees(compilation.SyntaxTrees.Last());

        var (result, _) = Sources.Run(compilation);

        Assert.Empty(result.GeneratedTrees);
    }

    private static (StreamsCatalog All, StreamsCatalog Messages) Load(out AssemblyLoadContext context)
    {
        var contracts = Sources.Run(Sources.Compile([Contracts], "Contracts")).Compilation;
        var handling = Sources.Run(Sources.Compile([Handling], "Handling", Sources.Emit(contracts))).Compilation;
        var application = Sources.Run(
            Sources.Compile([Application], "Application", Sources.Emit(contracts), Sources.Emit(handling))).Compilation;
        var loaded = new AssemblyLoadContext("registration", isCollectible: true);
        var assemblies = new[] { contracts, handling, application }.Select(compilation => LoadInto(loaded, compilation)).ToArray();
        context = loaded;
        return (Call(assemblies[2], "All"), Call(assemblies[2], "Messages"));
    }

    private static Assembly LoadInto(AssemblyLoadContext context, Compilation compilation)
    {
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        image.Position = 0;
        return context.LoadFromStream(image);
    }

    private static StreamsCatalog Call(Assembly assembly, string method)
    {
        var catalog = new StreamsCatalog();
        assembly.GetType("Program")!.GetMethod(method)!.Invoke(null, [new StreamsBuilder(new ServiceCollection(), catalog)]);
        return catalog;
    }
}
