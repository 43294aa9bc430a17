using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.TestKit.Journal;

/// <summary>What every journal must do: appends, verifies and reads by entity.</summary>
public abstract class JournalSpec<TProvider> : StoreSpec<TProvider>
    where TProvider : StoreProvider, new()
{
    [Fact]
    public async Task An_entity_without_events_has_head_0()
    {
        var (head, entries) = await ReadAsync(Party("nobody"));

        head.ShouldBe(0);
        entries.ShouldBeEmpty();
        (await Journal.ReadEntryAsync(Party("nobody"), 1, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Appended_events_are_read_back_in_order()
    {
        await MustAppendAsync(Append(Party("a"), 0, 3));
        await MustAppendAsync(Append(Party("a"), 3, 2));

        var (head, entries) = await ReadAsync(Party("a"));

        head.ShouldBe(5);
        entries.Select(entry => entry.Seq).ShouldBe([1, 2, 3, 4, 5]);
        entries.ForEach(entry => ShouldBeSame(entry, Entry(entry.Seq, $"a {entry.Seq}")));
    }

    [Fact]
    public async Task A_wrong_expected_head_is_a_conflict_and_stores_nothing()
    {
        await MustAppendAsync(Append(Party("a"), 0, 2));

        (await CommitAsync(Append(Party("a"), 1))).ShouldBe(AppendOutcome.Conflict);
        (await CommitAsync(Append(Party("a"), 3))).ShouldBe(AppendOutcome.Conflict);
        (await CommitAsync(Append(Party("a"), 0))).ShouldBe(AppendOutcome.Conflict);
        (await CommitAsync(Append(Party("new"), 1))).ShouldBe(AppendOutcome.Conflict);

        (await ReadAsync(Party("a"))).Head.ShouldBe(2);
        (await ReadAsync(Party("new"))).Head.ShouldBe(0);
        (await ReadAllAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_entitys_conflict_never_touches_the_others_of_its_batch()
    {
        await MustAppendAsync(Append(Party("b"), 0));
        AppendOperation[] batch = [Append(Party("a"), 0, 2), Append(Party("b"), 0, 2), Append(Party("c"), 0, 2), Verify(Party("b"), 1)];

        await Journal.CommitAsync(batch, CancellationToken.None);

        batch.Select(operation => operation.Outcome).ShouldBe(
            [AppendOutcome.Appended, AppendOutcome.Conflict, AppendOutcome.Appended, AppendOutcome.Appended]);
        (await ReadAsync(Party("a"))).Head.ShouldBe(2);
        (await ReadAsync(Party("b"))).Head.ShouldBe(1);
        (await ReadAsync(Party("c"))).Head.ShouldBe(2);
    }

    [Fact]
    public async Task A_verify_compares_the_head_and_stores_nothing()
    {
        await MustAppendAsync(Append(Party("a"), 0, 2, dueAt: At));

        (await CommitAsync(Verify(Party("a"), 2))).ShouldBe(AppendOutcome.Appended);
        (await CommitAsync(Verify(Party("a"), 1))).ShouldBe(AppendOutcome.Conflict);
        (await CommitAsync(Verify(Party("new"), 0))).ShouldBe(AppendOutcome.Appended);
        (await CommitAsync(Verify(Party("new"), 1))).ShouldBe(AppendOutcome.Conflict);

        (await ReadAsync(Party("a"))).Head.ShouldBe(2);
        (await ReadAllAsync()).Count.ShouldBe(2);
        (await Journal.ReadWakeupsAsync(ShardId.All, At, 10, CancellationToken.None)).ShouldBe([new Wakeup(Party("a"), 7, At)]);
    }

    [Fact]
    public async Task Command_ids_and_replies_are_read_back_exactly()
    {
        var session = new Guid("0199aabb-ccdd-7eef-8011-223344556677");
        var append = Append(Party("a"), 0);
        append.Entries =
        [
            new JournalEntry(1, "party.created.v1", Bytes("{}"), At),
            new JournalEntry(2, "party.joined.v1", default, At, new CommandId(session, long.MaxValue), "party.receipt.v1", Bytes("ok")),
            new JournalEntry(3, "party.joined.v1", Bytes("x"), At, new CommandId(Guid.Empty, 1), "party.nothing.v1", default),
        ];
        await MustAppendAsync(append);

        var (_, entries) = await ReadAsync(Party("a"));

        entries.Count.ShouldBe(3);
        for (var i = 0; i < entries.Count; i++)
        {
            ShouldBeSame(entries[i], append.Entries[i]);
            ShouldBeSame((await Journal.ReadEntryAsync(Party("a"), i + 1, CancellationToken.None)).ShouldNotBeNull(), append.Entries[i]);
        }
    }

    [Fact]
    public async Task Reads_only_the_events_above_a_number()
    {
        await MustAppendAsync(Append(Party("a"), 0, 5), Append(Party("b"), 0, 3));

        (await ReadAsync(Party("a"), 3)).Entries.Select(entry => entry.Seq).ShouldBe([4, 5]);
        (await ReadAsync(Party("a"), 5)).ShouldSatisfyAllConditions(r => r.Head.ShouldBe(5), r => r.Entries.ShouldBeEmpty());
        (await ReadAsync(Party("a"), 9)).ShouldSatisfyAllConditions(r => r.Head.ShouldBe(5), r => r.Entries.ShouldBeEmpty());
    }

    [Fact]
    public async Task Reads_one_event_by_its_number()
    {
        await MustAppendAsync(Append(Party("a"), 0, 5), Append(Party("b"), 0, 3));

        ShouldBeSame((await Journal.ReadEntryAsync(Party("a"), 2, CancellationToken.None)).ShouldNotBeNull(), Entry(2, "a 2"));
        ShouldBeSame((await Journal.ReadEntryAsync(Party("a"), 5, CancellationToken.None)).ShouldNotBeNull(), Entry(5, "a 5"));
        (await Journal.ReadEntryAsync(Party("a"), 6, CancellationToken.None)).ShouldBeNull();
        (await Journal.ReadEntryAsync(Party("a"), 0, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Ids_of_any_alphabet_are_compared_by_ordinal()
    {
        string[] ids = ["é", "e\u0301", "E", "e", "Ω≈ç√∫", "🎬🍿", "a'b\"c;--", new string('x', 128), "with space", "a|b"];
        await MustAppendAsync([.. ids.Select(id => Append(Party(id), 0))]);

        foreach (var id in ids)
        {
            ShouldBeSame((await ReadAsync(Party(id))).Entries.ShouldHaveSingleItem(), Entry(1, $"{id} 1"));
        }

        (await ReadAsync(new EntityAddress("room", "e"))).Head.ShouldBe(0);
        (await ReadAllAsync()).Select(record => record.Address.Id).ShouldBe(ids);
    }

    [Fact]
    public async Task A_payload_of_one_mebibyte_is_read_back()
    {
        var payload = Enumerable.Range(0, 1024 * 1024).Select(i => (byte)(i * 31)).ToArray();
        var append = Append(Party("a"), 0);
        append.Entries = [new JournalEntry(1, "big.v1", payload, At, new CommandId(Guid.Empty, 1), "reply.v1", payload)];
        await MustAppendAsync(append);

        ShouldBeSame((await ReadAsync(Party("a"))).Entries.ShouldHaveSingleItem(), append.Entries[0]);
    }

    [Fact]
    public async Task Ten_thousand_events_of_one_entity_are_replayed()
    {
        for (var head = 0; head < 10_000; head += 500)
        {
            await MustAppendAsync(Append(Party("long"), head, 500), Append(Party("other"), head / 500));
        }

        var (last, entries) = await ReadAsync(Party("long"));

        last.ShouldBe(10_000);
        entries.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, 10_000).Select(i => (long)i));
        ShouldBeSame(entries[^1], Entry(10_000, "long 10000"));
    }

    [Fact]
    public async Task What_the_caller_does_with_its_lists_afterwards_changes_nothing()
    {
        var entries = new List<JournalEntry> { Entry(1, "first") };
        var append = Append(Party("a"), 0);
        append.Entries = entries;
        var batch = new List<AppendOperation> { append };
        await Journal.CommitAsync(batch, CancellationToken.None);

        entries[0] = Entry(1, "changed");
        batch.Clear();

        ShouldBeSame((await ReadAsync(Party("a"))).Entries.ShouldHaveSingleItem(), Entry(1, "first"));
    }

    [Fact]
    public async Task An_operation_that_is_used_again_and_one_without_a_key_mean_the_same_entity()
    {
        var used = Append(Party("a"), 0);
        await MustAppendAsync(used, Append(Party("b"), 0));
        var key = used.StoreKey;

        await MustAppendAsync(Append(Party("a"), 1));
        (await CommitAsync(used)).ShouldBe(AppendOutcome.Conflict);
        used.ExpectedHead = 2;
        used.Entries = [Entry(3)];
        await MustAppendAsync(used);

        used.StoreKey.ShouldBe(key);
        (await ReadAsync(Party("a"))).Head.ShouldBe(3);
        (await ReadAsync(Party("b"))).Head.ShouldBe(1);
    }

    [Fact]
    public async Task A_full_batch_is_taken()
    {
        await MustAppendAsync([.. Enumerable.Range(0, Journal.CommitOperationsMax).Select(i => Append(Party($"p{i}"), 0))]);

        (await ReadAllAsync()).Count.ShouldBe(Journal.CommitOperationsMax);
    }

    [Fact]
    public async Task A_cancelled_commit_has_an_outcome_that_is_true()
    {
        var append = Append(Party("a"), 0);
        await Journal.CommitAsync([append], new CancellationToken(canceled: true));

        append.Outcome.ShouldBeOneOf(AppendOutcome.Refused, AppendOutcome.Unknown);
        if (append.Outcome == AppendOutcome.Refused)
        {
            (await ReadAsync(Party("a"))).Head.ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_cancelled_read_says_so()
    {
        await MustAppendAsync(Append(Party("a"), 0, dueAt: At));
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(async () => await Journal.ReadEntityAsync(Party("a"), 0, _ => { }, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Journal.ReadEntryAsync(Party("a"), 1, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Journal.ReadAllAsync(0, 10, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Journal.ReadWakeupsAsync(ShardId.All, At, 10, cancelled));
    }

    [Fact]
    public async Task Opened_again_it_shows_what_it_keeps_and_appends_go_on()
    {
        await MustAppendAsync(Append(Party("a"), 0, 3, dueAt: At), Append(Party("b"), 0, 1));
        var before = await ReadAllAsync();

        await ReopenAsync();

        var kept = Provider.KeepsDataWhenReopened;
        (await ReadAllAsync()).Select(r => (r.Offset, r.Address, r.Entry.Seq))
            .ShouldBe(kept ? before.Select(r => (r.Offset, r.Address, r.Entry.Seq)) : []);
        await MustAppendAsync(Append(Party("a"), kept ? 3 : 0), Append(Party("c"), 0));
        (await ReadAsync(Party("a"))).Head.ShouldBe(kept ? 4 : 1);
        (await ReadAllAsync()).Count.ShouldBe(kept ? 6 : 2);
    }
}
