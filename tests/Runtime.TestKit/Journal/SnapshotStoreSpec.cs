using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.TestKit.Journal;

/// <summary>What every snapshot store must do.</summary>
public abstract class SnapshotStoreSpec<TProvider> : StoreSpec<TProvider>
    where TProvider : StoreProvider, new()
{
    private ISnapshotStore Snapshots => Stores.Snapshots;

    [Fact]
    public async Task Nothing_is_found_before_anything_was_saved() => (await FindAsync(Party("a"))).ShouldBeNull();

    [Fact]
    public async Task The_newest_snapshot_is_found()
    {
        await SaveAsync(Party("a"), 100, "first");
        await SaveAsync(Party("a"), 200, "second");
        await SaveAsync(Party("b"), 300, "other");

        ShouldBe(await FindAsync(Party("a")), 200, "second");
        ShouldBe(await FindAsync(Party("b")), 300, "other");
        (await FindAsync(new EntityAddress("room", "a"))).ShouldBeNull();
    }

    [Fact]
    public async Task Snapshots_only_grow()
    {
        await SaveAsync(Party("a"), 200, "newer");
        await SaveAsync(Party("a"), 100, "older");

        ShouldBe(await FindAsync(Party("a")), 200, "newer");
    }

    [Fact]
    public async Task The_same_number_again_takes_a_new_shape()
    {
        await SaveAsync(Party("a"), 100, "old shape", version: 1);
        await SaveAsync(Party("a"), 100, "new shape", version: 2);

        ShouldBe(await FindAsync(Party("a")), 100, "new shape", version: 2);
    }

    [Fact]
    public async Task A_removed_snapshot_is_gone_and_a_lower_one_may_follow()
    {
        await SaveAsync(Party("a"), 200, "wrong");
        await Snapshots.RemoveAsync(Party("a"), CancellationToken.None);
        await Snapshots.RemoveAsync(Party("never"), CancellationToken.None);
        (await FindAsync(Party("a"))).ShouldBeNull();

        await SaveAsync(Party("a"), 100, "right");
        ShouldBe(await FindAsync(Party("a")), 100, "right");
    }

    [Fact]
    public async Task A_large_snapshot_is_read_back_and_the_callers_buffer_is_not_kept()
    {
        var payload = new byte[1024 * 1024];
        payload.AsSpan().Fill(7);
        await Snapshots.SaveAsync(Party("🎬"), new Snapshot(1, 1, payload), CancellationToken.None);
        payload.AsSpan().Clear();

        var found = (await FindAsync(Party("🎬"))).ShouldNotBeNull();
        found.Payload.Length.ShouldBe(1024 * 1024);
        found.Payload.Span.IndexOfAnyExcept((byte)7).ShouldBe(-1);
    }

    [Fact]
    public async Task Cancelled_calls_say_so()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(async () => await Snapshots.SaveAsync(Party("a"), default, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Snapshots.FindAsync(Party("a"), cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Snapshots.RemoveAsync(Party("a"), cancelled));
    }

    [Fact]
    public async Task Opened_again_it_shows_what_it_keeps()
    {
        await SaveAsync(Party("a"), 100, "state");

        await ReopenAsync();

        var found = await FindAsync(Party("a"));
        if (Provider.KeepsDataWhenReopened)
        {
            ShouldBe(found, 100, "state");
        }
        else
        {
            found.ShouldBeNull();
        }
    }

    private async Task SaveAsync(EntityAddress address, long seq, string text, int version = 1) =>
        await Snapshots.SaveAsync(address, new Snapshot(seq, version, Bytes(text)), CancellationToken.None);

    private async Task<Snapshot?> FindAsync(EntityAddress address) => await Snapshots.FindAsync(address, CancellationToken.None);

    private static void ShouldBe(Snapshot? found, long seq, string text, int version = 1)
    {
        var snapshot = found.ShouldNotBeNull();
        snapshot.Seq.ShouldBe(seq);
        snapshot.SchemaVersion.ShouldBe(version);
        snapshot.Payload.ToArray().ShouldBe(Bytes(text));
    }
}
