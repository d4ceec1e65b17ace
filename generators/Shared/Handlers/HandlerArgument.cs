namespace Streams.Shared.Handlers;

/// <summary>What a handler method takes beside the message.</summary>
internal enum HandlerArgument
{
    Context,
    CancellationToken,
}
