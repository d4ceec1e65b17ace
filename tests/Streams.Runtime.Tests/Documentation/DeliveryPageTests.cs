using System.Text.RegularExpressions;

namespace Streams.Runtime.Tests.Documentation;

/// <summary>The page that says what is guaranteed names a test for each sentence; each of them exists.</summary>
public sealed partial class DeliveryPageTests
{
    [Fact]
    public void DeliveryPage_NamesTestsThatExist()
    {
        var names = TestName().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "delivery.md")))
            .Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value))
            .ToArray();

        Assert.InRange(names.Length, 30, 200);
        Assert.All(names, name => Assert.Contains(
            typeof(DeliveryPageTests).Assembly.GetTypes(),
            type => type.Name == name.Class && type.GetMethod(name.Method) is not null));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Streams.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("`([A-Za-z]+Tests)\\.([A-Za-z_]+)`")]
    private static partial Regex TestName();
}
