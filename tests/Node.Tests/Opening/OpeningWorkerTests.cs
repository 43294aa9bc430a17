using System.Threading.Channels;
using AkkaParty.Catalog.Tests;
using AkkaParty.Node.Opening;
using AkkaParty.Node.Tests.Support;
using AkkaParty.Pipelines;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Node.Tests.Opening;

public sealed class OpeningWorkerTests : IAsyncDisposable
{
    private const string WatchPartyId = "8edd89ad-4e1e-807c-9d43-a16b8773cb94";

    private readonly ManualTime _time = new();
    private readonly LogLines<OpeningWorker> _log = new();
    private readonly FakeRegions _regions = new();
    private readonly Channel<int> _looks = Channel.CreateUnbounded<int>();
    private readonly List<PendingOpening> _pending = [];
    private OpeningWorker? _worker;

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_party_is_told_why_its_watch_party_cannot_be_made()
    {
        _regions.Answers[WatchAddress.Kind] = _ => Refused("watch_title_invalid", "title must be 1 to 200 visible characters");
        Start(Pending());

        (await ToldAsync()).ShouldBe(
            new FinishOpening(_time.GetUtcNow(), WatchPartyId, null, "title must be 1 to 200 visible characters"));
        _log.All.ShouldHaveSingleItem().ShouldStartWith($"Error: The watch party {WatchPartyId} cannot be made.");
    }

    [Fact]
    public async Task A_bug_is_not_explained_to_people()
    {
        _regions.Answers[WatchAddress.Kind] = _ => AskResult.Failed();
        Start(Pending());

        (await ToldAsync()).ShouldBeOfType<FinishOpening>().Failure.ShouldBe(OpeningIds.UnknownFailure);
    }

    [Fact]
    public async Task A_watch_party_that_was_made_long_ago_is_found_again()
    {
        _regions.Answers[WatchAddress.Kind] = _ => Refused(WatchErrorCodes.WatchPartyExists, "there is one");
        Start(Pending());

        var told = (await ToldAsync()).ShouldBeOfType<FinishOpening>();
        told.InviteCode.ShouldBe(InviteCodes.Of(OpeningIds.Part(WatchPartyId, "code 0")));
        told.Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_title_that_a_watch_party_has_no_room_for_is_shortened()
    {
        _regions.Answers[WatchAddress.Kind] = _ => Refused(WatchErrorCodes.WatchPartyExists, "there is one");
        Start(Pending(title: new string('ü', RoomLimits.TitleMax)));
        await ToldAsync();

        var create = _regions.Asked.Select(asked => asked.Command).OfType<CreateWatchParty>().ShouldHaveSingleItem();
        create.Items[0].Title.ShouldBe(new string('ü', WatchInput.ItemTitleMax - 1) + "\u2026");
        WatchInput.Validate(create.Items[0]).ShouldBeNull();
    }

    [Fact]
    public async Task What_was_told_is_not_tried_again_while_the_list_lags_behind_but_what_was_asked_for_again_is()
    {
        _regions.Answers[WatchAddress.Kind] = _ => Refused("watch_title_invalid", "no");
        Start(Pending());
        await ToldAsync();

        // A second look has taken in that the first is done when a third is made.
        for (var look = 0; look < 3; look++)
        {
            await LookedAsync();
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        _regions.Asked.Count(asked => asked.Command is CreateWatchParty).ShouldBe(1);
        lock (_pending)
        {
            _pending[0] = Pending() with { At = _time.GetUtcNow() };
        }

        _worker!.LookSoon();
        await ToldAsync();
    }

    [Fact]
    public async Task A_party_that_cannot_be_told_is_told_later_however_long_it_takes()
    {
        var refusals = 20;
        _regions.Answers[WatchAddress.Kind] = _ => Refused(WatchErrorCodes.WatchPartyExists, "there is one");
        _regions.Answers[PartyAddress.Kind] = _ => refusals-- > 0
            ? AskResult.Unavailable("no_home", "The shard moves.")
            : AskResult.Replied(null, 1);
        Start(Pending());

        for (var told = 0; told <= 20; told++)
        {
            var next = ToldAsync();
            while (!next.IsCompleted)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            (await next).ShouldBeOfType<FinishOpening>().InviteCode.ShouldNotBeNull();
        }

        _log.All.ShouldAllBe(line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    private static AskResult Refused(string code, string message) => AskResult.Rejected(new Rejection(code, message), 0);

    private static PendingOpening Pending(string title = "Metropolis") => new(
        WatchPartyId,
        new WatchOrigin(PartyAddress.Kind, "p1", "h"),
        "Friday",
        new MediaItem("3c9d7e51-5a0b-8c4e-9d1f-7b2a6c8e0f13", title),
        [new OpeningSeat("h", "Hal")],
        DateTimeOffset.UnixEpoch);

    private Task<object> ToldAsync() => _regions.NextAsync(PartyAddress.Kind);

    private Task<int> LookedAsync() => _looks.Reader.ReadAsync().AsTask().Within("a look at the list");

    private void Start(PendingOpening pending)
    {
        _pending.Add(pending);
        _worker = new OpeningWorker(
            _regions.Of,
            (_, _) =>
            {
                lock (_pending)
                {
                    _looks.Writer.TryWrite(_pending.Count);
                    return new([.. _pending]);
                }
            },
            static () => true,
            new PipelineOptions(OpeningPipeline.Name, _time) { Random = () => 0.5 },
            _log);
    }
}
