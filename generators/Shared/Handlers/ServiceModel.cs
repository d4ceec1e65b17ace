namespace Streams.Shared.Handlers;

/// <summary>One constructor parameter.</summary>
/// <param name="TypeName">The service.</param>
/// <param name="IsReference">Whether it is a class or interface.</param>
/// <param name="Key">The expression of its key, or null.</param>
/// <param name="Default">The expression of its default value; null where it is required.</param>
internal sealed record ServiceModel(string TypeName, bool IsReference, string? Key, string? Default);
