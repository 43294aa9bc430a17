using AkkaParty.Runtime.Projections;

namespace AkkaParty.Runtime.TestKit.Projections;

/// <summary>What every projection store must do.</summary>
public abstract class ProjectionStoreSpec<TProvider> : StoreSpec<TProvider>
    where TProvider : StoreProvider, new()
{
    private static readonly ProjectionPosition Start = new(0, 0);

    private IProjectionStore Projections => Stores.Projections;

    [Fact]
    public async Task A_projection_that_never_ran_stands_at_the_start_and_has_no_rows()
    {
        (await PositionAsync("films")).ShouldBe(Start);
        (await FindAsync("films", "a")).ShouldBeNull();
        (await ListAsync("films", ProjectionRange.All)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_and_position_move_together()
    {
        (await CommitAsync("films", Start, new(10, 1), Put("a", 1, "A"), Put("b", 2, "B"))).ShouldBeTrue();
        (await CommitAsync("films", new(10, 1), new(20, 1), Put("a", 3, "A2"), Remove("b"), Remove("never"))).ShouldBeTrue();

        (await PositionAsync("films")).ShouldBe(new ProjectionPosition(20, 1));
        (await ListAsync("films", ProjectionRange.All)).ShouldBe(["a 3 A2"]);
        (await FindAsync("films", "a")).ShouldBe("a 3 A2");
        (await FindAsync("films", "b")).ShouldBeNull();
    }

    [Fact]
    public async Task A_step_from_another_position_changes_nothing()
    {
        await CommitAsync("films", Start, new(10, 1), Put("a", 1, "A"));

        (await CommitAsync("films", Start, new(20, 1), Put("a", 2, "wrong"))).ShouldBeFalse();
        (await CommitAsync("films", new(9, 1), new(20, 1), Put("b", 2, "wrong"))).ShouldBeFalse();
        (await CommitAsync("films", new(10, 2), new(20, 1), Remove("a"))).ShouldBeFalse();
        (await ClearAsync("films", Start, new(0, 2))).ShouldBeFalse();

        (await PositionAsync("films")).ShouldBe(new ProjectionPosition(10, 1));
        (await ListAsync("films", ProjectionRange.All)).ShouldBe(["a 1 A"]);
    }

    [Fact]
    public async Task Of_many_at_one_position_one_moves_it()
    {
        var moved = await Task.WhenAll(Enumerable.Range(1, 8).Select(
            i => Task.Run(() => CommitAsync("films", Start, new(i, 1), Put("winner", i, "")))));

        moved.Count(won => won).ShouldBe(1);
        var position = await PositionAsync("films");
        (await FindAsync("films", "winner")).ShouldBe($"winner {position.Offset} ");
    }

    [Fact]
    public async Task A_clearing_step_removes_its_own_rows_before_it_writes()
    {
        await CommitAsync("films", Start, new(10, 1), Put("a", 1, "A"), Put("b", 1, "B"));
        await CommitAsync("people", Start, new(5, 1), Put("a", 9, "other"));

        (await ClearAsync("films", new(10, 1), new(0, 2), Put("b", 7, "new"))).ShouldBeTrue();

        (await PositionAsync("films")).ShouldBe(new ProjectionPosition(0, 2));
        (await ListAsync("films", ProjectionRange.All)).ShouldBe(["b 7 new"]);
        (await PositionAsync("people")).ShouldBe(new ProjectionPosition(5, 1));
        (await ListAsync("people", ProjectionRange.All)).ShouldBe(["a 9 other"]);
    }

    [Fact]
    public async Task Rows_are_listed_by_their_number_and_then_by_their_key()
    {
        (string Key, long Sort)[] rows = [("c", 5), ("é", 5), ("B", 5), ("x", -3), ("y", 9), ("🎬", 5), ("\uFF5E", 5)];
        await CommitAsync("films", Start, new(1, 1), [.. rows.Select(row => Put(row.Key, row.Sort, ""))]);

        (await KeysAsync(ProjectionRange.All)).ShouldBe("x B c é \uFF5E 🎬 y");
        (await KeysAsync(ProjectionRange.All with { Descending = true, RowsMax = 3 })).ShouldBe("y 🎬 \uFF5E");
        (await KeysAsync(new ProjectionRange(-3, 5, 3))).ShouldBe("x B c");
        (await KeysAsync(new ProjectionRange(6, 8, 10))).ShouldBe("");

        async Task<string> KeysAsync(ProjectionRange range) =>
            string.Join(' ', (await ListAsync("films", range)).Select(row => row.Split(' ')[0]));
    }

    [Fact]
    public async Task An_empty_and_a_large_value_are_read_back()
    {
        var large = new byte[1024 * 1024];
        large.AsSpan().Fill(3);
        var commit = new ProjectionCommit(
            "films", Start, new(1, 1), [new("empty", new("empty", 0, default)), new("large", new("large", 0, large))]);
        await Projections.CommitAsync(commit, CancellationToken.None);

        (await Projections.FindAsync("films", "empty", CancellationToken.None)).ShouldNotBeNull().Value.Length.ShouldBe(0);
        (await Projections.FindAsync("films", "large", CancellationToken.None)).ShouldNotBeNull().Value.ToArray().ShouldBe(large);
    }

    [Fact]
    public async Task Opened_again_it_shows_what_it_keeps()
    {
        await CommitAsync("films", Start, new(10, 1), Put("a", 1, "A"));

        await ReopenAsync();

        var kept = Provider.KeepsDataWhenReopened;
        (await PositionAsync("films")).ShouldBe(kept ? new ProjectionPosition(10, 1) : Start);
        (await ListAsync("films", ProjectionRange.All)).ShouldBe(kept ? ["a 1 A"] : []);
    }

    [Fact]
    public async Task Cancelled_calls_say_so()
    {
        var cancelled = new CancellationToken(canceled: true);
        var commit = new ProjectionCommit("films", Start, new(1, 1), []);

        await Should.ThrowAsync<OperationCanceledException>(async () => await Projections.CommitAsync(commit, cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Projections.ReadPositionAsync("films", cancelled));
        await Should.ThrowAsync<OperationCanceledException>(async () => await Projections.FindAsync("films", "a", cancelled));
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await Projections.ListAsync("films", ProjectionRange.All, cancelled));
        (await PositionAsync("films")).ShouldBe(Start);
    }

    private static ProjectionChange Put(string key, long sort, string value) => new(key, new ProjectionRow(key, sort, Bytes(value)));

    private static ProjectionChange Remove(string key) => new(key, null);

    private static string Text(ProjectionRow row) => $"{row.Key} {row.Sort} {System.Text.Encoding.UTF8.GetString(row.Value.Span)}";

    private async Task<bool> CommitAsync(
        string projection, ProjectionPosition expected, ProjectionPosition next, params ProjectionChange[] changes) =>
        await Projections.CommitAsync(new ProjectionCommit(projection, expected, next, changes), CancellationToken.None);

    private async Task<bool> ClearAsync(
        string projection, ProjectionPosition expected, ProjectionPosition next, params ProjectionChange[] changes) =>
        await Projections.CommitAsync(new ProjectionCommit(projection, expected, next, changes, Clear: true), CancellationToken.None);

    private async Task<ProjectionPosition> PositionAsync(string projection) =>
        await Projections.ReadPositionAsync(projection, CancellationToken.None);

    private async Task<string?> FindAsync(string projection, string key) =>
        await Projections.FindAsync(projection, key, CancellationToken.None) is { } row ? Text(row) : null;

    private async Task<List<string>> ListAsync(string projection, ProjectionRange range) =>
        [.. (await Projections.ListAsync(projection, range, CancellationToken.None)).Select(Text)];
}
