namespace Streams.Shared.Handlers;

/// <summary>What a handler method returns.</summary>
/// <param name="Shape">How.</param>
/// <param name="Message">The message type that is produced, or null.</param>
/// <param name="Collection">The collection of messages, or null for a single one.</param>
/// <param name="IsStream">Whether it is an <c>IAsyncEnumerable&lt;T&gt;</c>.</param>
/// <param name="IsNullableValue">Whether the single message is a struct that may be null.</param>
internal sealed record ReturnedModel(ReturnShape Shape, string? Message, string? Collection, bool IsStream, bool IsNullableValue);
