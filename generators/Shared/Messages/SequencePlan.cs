namespace Streams.Shared.Messages;

/// <summary>
/// How a sequence is written and read. In its texts <c>{0}</c> is the sequence's type, <c>{1}</c> the element's, <c>value</c> the
/// sequence and <c>result</c> what was read.
/// </summary>
/// <param name="Walk">How its elements are reached.</param>
/// <param name="Build">What they are read into.</param>
/// <param name="Items">The expression of what is walked.</param>
/// <param name="Result">The expression of what reading returns.</param>
/// <param name="Target">The expression whose <c>Add</c> is called, where elements are added.</param>
/// <param name="Nil">The condition under which it is written as nil; null where it is the reference's.</param>
/// <param name="ReadsNil">Whether nil is read as its default value although it is no reference.</param>
internal sealed record SequencePlan(
    SequenceWalk Walk,
    SequenceBuild Build,
    string Items = "value",
    string Result = "result",
    string Target = "result",
    string? Nil = null,
    bool ReadsNil = false);
