using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sharding;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Runtime.TestKit.Journal;

/// <summary>Generated operation sequences, each step's answer compared with a model of a few lines.</summary>
public abstract class JournalModelSpec<TProvider>
    where TProvider : StoreProvider, new()
{
    [Fact]
    public void Any_sequence_of_operations_answers_as_the_model_does()
    {
        var sequences = Arb.From(JournalSteps.Sequence, JournalSteps.Shrink);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(sequences, steps => new Run().PlayAsync(steps).AsTask().GetAwaiter().GetResult()));
    }

    private sealed class Run
    {
        private readonly TProvider _provider = new();
        private readonly JournalModel _model = new();
        private readonly Dictionary<EntityAddress, AppendOperation> _operations = [];
        private IJournal _journal = null!;

        public async ValueTask PlayAsync(JournalStep[] steps)
        {
            _journal = (await _provider.OpenAsync()).Journal;
            try
            {
                for (var i = 0; i < steps.Length; i++)
                {
                    await PlayAsync(steps[i], i);
                }
            }
            finally
            {
                await _provider.CloseAsync();
                await _provider.DeleteAsync();
            }
        }

        private ValueTask PlayAsync(JournalStep step, int index) => step.Kind switch
        {
            JournalStepKind.Commit => CommitAsync(step, index),
            JournalStepKind.ReadEntity => ReadEntityAsync(step),
            JournalStepKind.ReadEntry => ReadEntryAsync(step),
            JournalStepKind.ReadAll => ReadAllAsync(step),
            JournalStepKind.ReadWakeups => ReadWakeupsAsync(step),
            _ => ReopenAsync(),
        };

        private async ValueTask CommitAsync(JournalStep step, int index)
        {
            var batch = step.Parts.DistinctBy(part => part.Entity).Select(part => Operation(part, index)).ToList();
            var expected = batch.ConvertAll(_model.Commit);

            await _journal.CommitAsync(batch, CancellationToken.None);

            batch.ConvertAll(operation => operation.Outcome).ShouldBe(expected);
        }

        // Every second part uses the entity's last operation again, with the key the journal left in it.
        private AppendOperation Operation(JournalStepPart part, int index)
        {
            var address = JournalSteps.Address(part.Entity);
            var operation = part.Reuse && _operations.TryGetValue(address, out var used) ? used : new AppendOperation();
            _operations[address] = operation;
            var head = Math.Max(0, _model.Head(address) + part.HeadError);
            operation.Address = address;
            operation.Shard = part.Entity;
            operation.ExpectedHead = head;
            operation.DueAt = part.DueMinutes is { } minutes ? JournalSteps.Start.AddMinutes(minutes) : null;
            operation.KeepAlive = part.KeepAlive;
            operation.Outcome = AppendOutcome.Pending;
            operation.Entries = [.. Enumerable.Range(1, part.Count).Select(i => JournalSteps.Entry(head + i, index, i == part.Count))];
            return operation;
        }

        private async ValueTask ReadEntityAsync(JournalStep step)
        {
            var address = JournalSteps.Address(step.Entity);
            var entries = new List<JournalEntry>();
            var head = await _journal.ReadEntityAsync(address, step.Number, entries.Add, CancellationToken.None);

            head.ShouldBe(_model.Head(address));
            Text(entries).ShouldBe(Text(_model.Entries(address).Where(entry => entry.Seq > step.Number)));
        }

        private async ValueTask ReadEntryAsync(JournalStep step)
        {
            var address = JournalSteps.Address(step.Entity);
            var entry = await _journal.ReadEntryAsync(address, step.Number, CancellationToken.None);

            Text(entry is { } found ? [found] : []).ShouldBe(Text(_model.Entries(address).Where(e => e.Seq == step.Number)));
        }

        private async ValueTask ReadAllAsync(JournalStep step)
        {
            var seen = new List<JournalRecord>();
            var countMax = 1 + step.Number;
            while (await _journal.ReadAllAsync(seen.LastOrDefault().Offset, countMax, CancellationToken.None) is { Count: > 0 } next)
            {
                next.Count.ShouldBeLessThanOrEqualTo(countMax);
                seen.AddRange(next);
            }

            seen.Zip(seen.Skip(1)).ShouldAllBe(pair => pair.First.Offset < pair.Second.Offset);
            seen.ConvertAll(record => (record.Address, record.Entry.Seq))
                .ShouldBe(_model.All.ConvertAll(record => (record.Address, record.Entry.Seq)));
            Text(seen.ConvertAll(record => record.Entry)).ShouldBe(Text(_model.All.ConvertAll(record => record.Entry)));
        }

        private async ValueTask ReadWakeupsAsync(JournalStep step)
        {
            var until = JournalSteps.Start.AddMinutes(step.Number);
            var wakeups = await _journal.ReadWakeupsAsync(ShardId.All, until, 100, CancellationToken.None);

            wakeups.ShouldBe(_model.Wakeups(until), ignoreOrder: true);
            wakeups.Select(wakeup => wakeup.DueAt ?? DateTimeOffset.MinValue).ShouldBeInOrder();
            (await _journal.ReadWakeupsAsync(ShardId.All, until, 1, CancellationToken.None)).ShouldBe(wakeups.Take(1));
        }

        private async ValueTask ReopenAsync()
        {
            if (!_provider.KeepsDataWhenReopened)
            {
                return;
            }

            await _provider.CloseAsync();
            _journal = (await _provider.OpenAsync()).Journal;

            // Keys belong to the journal that set them.
            _operations.Clear();
        }

        private static List<string> Text(IEnumerable<JournalEntry> entries) => [.. entries.Select(entry =>
            $"{entry.Seq} {entry.Manifest} {Convert.ToHexString(entry.Payload.Span)} {entry.At:O} " +
            $"{entry.Command} {entry.ReplyManifest} {Convert.ToHexString(entry.Reply.Span)}")];
    }
}
