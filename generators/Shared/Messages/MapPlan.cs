namespace Streams.Shared.Messages;

/// <summary>
/// How a dictionary is written and read. In its texts <c>{0}</c> is the dictionary's type, <c>{1}</c> and <c>{2}</c> those of key and
/// value, <c>value</c> the dictionary and <c>result</c> what was read.
/// </summary>
/// <param name="Items">The expression of what is walked; it has a count of this name.</param>
/// <param name="CountName"><c>Count</c> or <c>Length</c>.</param>
/// <param name="IsInterface">Whether it is most often a plain dictionary, whose enumerator allocates nothing.</param>
/// <param name="IsItself">Whether pairs are read into the dictionary itself instead of a plain one.</param>
/// <param name="Target">The expression whose <c>Add</c> is called.</param>
/// <param name="Result">The expression of what reading returns.</param>
internal sealed record MapPlan(
    string Items = "value",
    string CountName = "Count",
    bool IsInterface = false,
    bool IsItself = false,
    string Target = "result",
    string Result = "result");
