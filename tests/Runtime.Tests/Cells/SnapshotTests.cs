using System.Buffers;
using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.Tests.Cells;

public sealed class SnapshotTests : CellTest
{
    protected override TestNodeOptions Options => TestNodeOptions.Manual(new CounterEntity { Snapshots = new SnapshotPolicy(10) });

    [Fact]
    public async Task Many_states_are_saved_one_after_the_other_in_turns_of_their_own()
    {
        var asked = Enumerable.Range(0, 5).Select(n => Node.Counters.AskAsync($"e{n}", new AddMany(1, 10)).AsTask()).ToList();
        var seen = new List<int>();
        while (Node.Dispatcher.RunOne())
        {
            seen.Add(Node.Events.Of<SnapshotSaved>().Count);
        }

        (await Task.WhenAll(asked)).ShouldAllBe(answer => answer.Outcome == AskOutcome.Replied);
        seen.Distinct().ShouldBe([0, 1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task Of_an_entity_only_the_newest_state_waits_to_be_saved_and_one_that_cannot_be_harms_no_other()
    {
        var dispatcher = new ManualDispatcher();
        var store = new InMemorySnapshotStore();
        using var metrics = new RuntimeMetrics();
        var writer = new SnapshotWriter(store, dispatcher, metrics, new RuntimeEvents(), NullLogger.Instance);
        List<string> encoded = [];

        Submit("a", 1);
        Submit("b", 1, new InvalidOperationException("It cannot be encoded."));
        Submit("c", 1);
        Submit("a", 2);
        dispatcher.RunAll();

        encoded.ShouldBe(["a 2", "b 1", "c 1"]);
        (await SeqAsync("a"), await SeqAsync("b"), await SeqAsync("c")).ShouldBe((2, null, 1));
        Submit("b", 2);
        dispatcher.RunAll();
        (await SeqAsync("b")).ShouldBe(2);

        void Submit(string id, long seq, Exception? error = null) => writer.Submit(new StateToSave(TestNode.Address(id), seq, 1, output =>
        {
            encoded.Add($"{id} {seq}");
            output.Write("state"u8);
            if (error is not null)
            {
                throw error;
            }
        }));

        async Task<long?> SeqAsync(string id) => (await store.FindAsync(TestNode.Address(id), CancellationToken.None))?.Seq;
    }
}
