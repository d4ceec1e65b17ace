namespace Streams.Shared.Handlers;

/// <summary>How a handler method returns.</summary>
internal enum ReturnShape
{
    Nothing,
    Task,
    ValueTask,
    TaskOfValue,
    ValueTaskOfValue,
    Value,
}
