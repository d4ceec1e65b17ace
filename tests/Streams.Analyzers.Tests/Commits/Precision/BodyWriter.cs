using System.Text;

namespace Streams.Analyzers.Tests.Commits.Precision;

/// <summary>Writes a body as C#, one statement a line.</summary>
internal sealed class BodyWriter
{
    /// <summary>What the bodies call beside the store.</summary>
    public const string Helpers = """
        public static class Helping
        {
            public static async Task DoneAsync(MessageContext ctx) => await ctx.CommitAsync();

            public static async Task WorkQuietlyAsync(M m, MessageContext ctx, IStore store)
            {
                try
                {
                    await store.WorkAsync(m);
                }
                catch (Exception)
                {
                    Console.WriteLine(ctx.Offset);
                }
            }
        }
        """;

    private readonly StringBuilder _text = new();
    private readonly Dictionary<int, int> _commits = [];
    private int _line;
    private int _indent;
    private int _counters;

    private BodyWriter(int firstLine) => _line = firstLine;

    /// <summary>Writes a handler class; the dictionary leads from lines to the commits that stand there.</summary>
    public static (string Text, IReadOnlyDictionary<int, int> Commits) Write(Block body, string policy, int index)
    {
        var frame = CommitCases.Handler(policy, index, "\u0001");
        var start = frame.IndexOf('\u0001', StringComparison.Ordinal);
        var writer = new BodyWriter(frame[..start].Count(character => character == '\n'));
        writer.Line("Task t0 = Task.CompletedTask, t1 = Task.CompletedTask;");
        writer.Line("var flag = false;");
        foreach (var statement in body.Statements)
        {
            writer.Write(statement);
        }

        return (frame[..start] + writer._text + frame[(start + 1)..], writer._commits);
    }

    private void Line(string text)
    {
        _text.Append(' ', _indent * 4).Append(text).Append('\n');
        _line++;
    }

    private void Write(Statement statement)
    {
        switch (statement)
        {
            case Work work:
                Line(work.Form switch
                {
                    WorkForm.Awaited => "await store.WorkAsync(m);",
                    WorkForm.Synchronous => "store.Put(m);",
                    WorkForm.Kept => $"t{work.Slot} = store.WorkAsync(m);",
                    WorkForm.Quiet => "await Helping.WorkQuietlyAsync(m, ctx, store);",
                    _ => "store.WorkAsync(m);",
                });
                break;
            case AwaitKept kept:
                Line($"await t{kept.Slot};");
                break;
            case Commit commit:
                _commits.Add(_line, commit.Id);
                Line(commit.Form switch
                {
                    CommitForm.Awaited => "await ctx.CommitAsync();",
                    CommitForm.Dropped => "ctx.CommitAsync();",
                    _ => "await Helping.DoneAsync(ctx);",
                });
                break;
            case Skip:
                Line("await ctx.SkipAsync(\"\");");
                break;
            case Other:
                Line("await store.RefreshAsync();");
                break;
            case SetFlag flag:
                Line($"flag = {(flag.Value ? "true" : "false")};");
                break;
            case Leave leave:
                Line(leave.Form switch
                {
                    LeaveForm.Return => "return;",
                    LeaveForm.Break => "break;",
                    LeaveForm.Continue => "continue;",
                    _ => "throw;",
                });
                break;
            default:
                WriteNested(statement);
                break;
        }
    }

    private void WriteNested(Statement statement)
    {
        switch (statement)
        {
            case If choice:
                Line("if (store.IsOpen)");
                Braced(choice.Then);
                if (choice.Else is { } other)
                {
                    Line("else");
                    Braced(other);
                }

                break;
            case IfFlag asked:
                Line(asked.Expected ? "if (flag)" : "if (!flag)");
                Braced(asked.Then);
                break;
            case Loop loop:
                var counter = $"i{_counters++}";
                Line(loop.Form switch
                {
                    LoopForm.While => "while (store.IsOpen)",
                    LoopForm.Forever => "while (true)",
                    _ => $"for (var {counter} = 0; {counter} < 2; {counter}++)",
                });
                Braced(loop.Body);
                break;
            case Try attempt:
                WriteTry(attempt);
                break;
            default:
                throw new InvalidOperationException($"There is no text for {statement}.");
        }
    }

    private void WriteTry(Try attempt)
    {
        Line("try");
        Braced(attempt.Body);
        if (attempt.Catch is { } handler)
        {
            Line(attempt.Form switch
            {
                CatchForm.General => "catch (Exception)",
                CatchForm.Narrow => "catch (TimeoutException)",
                _ => "catch (Exception) when (store.IsOpen)",
            });
            Braced(handler);
        }

        if (attempt.Finally is { } last)
        {
            Line("finally");
            Braced(last);
        }
    }

    private void Braced(Block block)
    {
        Line("{");
        _indent++;
        foreach (var statement in block.Statements)
        {
            Write(statement);
        }

        _indent--;
        Line("}");
    }
}
