using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Streams.Analyzers.Commits.Reading;

namespace Streams.Analyzers.Commits;

/// <summary>Durations written out in code.</summary>
internal static class Durations
{
    private static readonly Dictionary<string, double> Factories = new(StringComparer.Ordinal)
    {
        ["FromMilliseconds"] = 0.001,
        ["FromSeconds"] = 1,
        ["FromMinutes"] = 60,
        ["FromHours"] = 3_600,
        ["FromDays"] = 86_400,
    };

    /// <summary>The seconds of a duration that is constant: milliseconds as a number, or made by one of the factories; else null.</summary>
    public static double? SecondsOf(IOperation value)
    {
        value = value.WithoutConversions();
        if (NumberOf(value) is { } milliseconds)
        {
            return milliseconds < 0 ? double.PositiveInfinity : milliseconds / 1_000;
        }

        return value is IInvocationOperation { TargetMethod: { Name: var name, ContainingType.Name: "TimeSpan" } } call
            && Factories.TryGetValue(name, out var unit)
            && call.Arguments.Length > 0 && NumberOf(call.Arguments[0].Value.WithoutConversions()) is { } number
                ? number * unit
                : null;
    }

    private static double? NumberOf(IOperation value)
        => value.ConstantValue is { HasValue: true, Value: int or long or double or float }
            ? Convert.ToDouble(value.ConstantValue.Value, CultureInfo.InvariantCulture)
            : null;
}
