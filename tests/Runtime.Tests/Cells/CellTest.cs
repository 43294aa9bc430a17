using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

/// <summary>What the tests of a cell share: one node whose turns run on the test's thread.</summary>
public abstract class CellTest : IAsyncLifetime
{
    protected static readonly Guid Session = new("11111111-2222-3333-4444-555555555555");

    protected TestNode Node { get; private set; } = null!;

    protected virtual TestNodeOptions Options => TestNodeOptions.Manual();

    public async ValueTask InitializeAsync() => Node = await TestNode.StartAsync(Options);

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task CrashAndRestartAsync(TestNodeOptions? options = null) => Node = await Node.RestartAsync(options);

    protected static CommandId Id(long number, Guid? session = null) => new(session ?? Session, number);

    protected static void ShouldBeValue(AskResult result, long value, long? seq = null)
    {
        result.Outcome.ShouldBe(AskOutcome.Replied);
        result.Reply.ShouldBe(new CounterValue(value));
        if (seq is { } expected)
        {
            result.Seq.ShouldBe(expected);
        }
    }

    protected static void ShouldFail(AskResult result, AskOutcome outcome, string code)
    {
        result.Outcome.ShouldBe(outcome);
        result.Rejection!.Code.ShouldBe(code);
    }
}
