using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.TestKit;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests;

public sealed class JournalPagesTests : IAsyncDisposable
{
    private readonly InMemoryJournal _stored = new();
    private readonly FaultyJournal _journal;
    private readonly JournalPages _pages;
    private int _head;

    public JournalPagesTests()
    {
        _journal = new FaultyJournal(_stored);
        _pages = new JournalPages(_journal);
    }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task Whoever_asks_for_the_page_that_another_reads_gets_the_same()
    {
        await AppendAsync();
        var stall = _journal.StallNextRead();
        var one = ReadAsync(0);
        await stall.Reached;
        var two = ReadAsync(0);
        stall.Release();

        (await one).Count.ShouldBe(1);
        (await two).ShouldBeSameAs(await one);
        (await ReadAsync(0)).ShouldBeSameAs(await one);
    }

    [Fact]
    public async Task That_there_was_nothing_is_nobody_elses_answer()
    {
        var stall = _journal.StallNextRead();
        var one = ReadAsync(0);
        await stall.Reached;
        var two = ReadAsync(0);
        stall.Release();
        (await one).ShouldBeEmpty();
        (await two).ShouldBeEmpty();

        await AppendAsync();
        (await ReadAsync(0)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_came_later_is_on_the_next_page()
    {
        await AppendAsync();
        var first = await ReadAsync(0);
        await AppendAsync();

        (await ReadAsync(0)).ShouldBeSameAs(first);
        (await ReadAsync(first[^1].Offset)).Count.ShouldBe(1);
        (await ReadAsync(0)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_read_that_fails_fails_for_nobody_else()
    {
        await AppendAsync();
        var stall = _journal.StallNextRead();
        using var stop = new CancellationTokenSource();
        var one = _pages.ReadAsync(0, 10, stop.Token).AsTask();
        await stall.Reached;
        var two = ReadAsync(0);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => one);
        (await two).Count.ShouldBe(1);
    }

    private Task<IReadOnlyList<JournalRecord>> ReadAsync(long after) =>
        _pages.ReadAsync(after, 10, CancellationToken.None).AsTask().Within("the page");

    private async Task AppendAsync()
    {
        var append = new AppendOperation
        {
            Address = TestNode.Address("a"),
            ExpectedHead = _head++,
            Entries = [new JournalEntry(_head, "counter.added.v1", new byte[] { 1 }, DateTimeOffset.UnixEpoch)],
        };
        await _stored.CommitAsync([append], CancellationToken.None);
        append.Outcome.ShouldBe(AppendOutcome.Appended);
    }
}
