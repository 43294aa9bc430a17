using System.Threading.Channels;
using AkkaParty.Accounts;
using AkkaParty.Catalog.Tests;
using AkkaParty.Node.Departures;
using AkkaParty.Node.Tests.Support;
using AkkaParty.Pipelines;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Node.Tests.Departures;

public sealed class DepartureWorkerTests : IAsyncDisposable
{
    private static readonly Guid Ada = Guid.Parse("0197a3c2-4c0d-7a59-8e00-1b3c5d7e9fa1");

    private readonly ManualTime _time = new();
    private readonly LogLines<DepartureWorker> _log = new();
    private readonly FakeRegions _regions = new();
    private readonly FakeDepartures _departures = new();
    private readonly List<DepartureWorker> _workers = [];
    private IReadOnlyList<string> _partiesOfAda = ["w1", "w2"];

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }

    [Fact]
    public async Task Every_watch_party_of_a_deleted_account_is_told_at_once()
    {
        Start();
        (await _departures.LookedAsync()).ShouldBe(0);

        _departures.Add(new Departure(Ada, _time.GetUtcNow()));

        (await ToldAsync()).ShouldBe(new ForgetAccount(_time.GetUtcNow(), Ada.ToString("D")));
        await ToldAsync();
        _regions.Asked.Select(asked => asked.EntityId).ShouldBe(["w1", "w2"]);
        _departures.Count.ShouldBe(1, "somebody may still join with a token that was checked a moment ago");
    }

    [Fact]
    public async Task An_account_is_off_the_list_when_nobody_can_join_with_it_any_more()
    {
        _departures.Add(new Departure(Ada, _time.GetUtcNow()));
        Start();
        await ToldAsync();
        await ToldAsync();

        _partiesOfAda = ["w3"];
        var done = _departures.DoneAsync();
        while (!done.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await done).ShouldBe(Ada);
        (_time.GetUtcNow() - _departures.First).ShouldBeGreaterThanOrEqualTo(DeparturePipeline.Settling);
        _regions.Asked.ShouldContain(asked => asked.EntityId == "w3", "whoever joined in between is found as well");
        _log.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restart_begins_again_what_was_under_way()
    {
        _departures.Add(new Departure(Ada, _time.GetUtcNow()));
        _regions.Answers[WatchAddress.Kind] = _ => AskResult.Unavailable("no_home", "The shard moves.");
        var first = Start();
        await ToldAsync();
        await first.DisposeAsync().AsTask().Within("the end of the first run");

        _regions.Answers.Clear();
        Start();
        await ToldAsync();
        await ToldAsync();
        _regions.Asked.Select(asked => asked.EntityId).TakeLast(2).ShouldBe(["w1", "w2"]);
    }

    [Fact]
    public async Task A_party_that_was_deleted_holds_nothing_up_and_one_that_is_away_is_told_until_it_answers()
    {
        var failures = 30;
        _regions.Answers[WatchAddress.Kind] = _ => failures-- > 0
            ? AskResult.Unknown()
            : AskResult.Rejected(new Rejection(WatchErrorCodes.WatchPartyNotFound, "gone"), 0);
        _departures.Add(new Departure(Ada, _time.GetUtcNow()));
        Start();

        var done = _departures.DoneAsync();
        while (!done.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        _log.All.ShouldNotBeEmpty();
        _log.All.ShouldAllBe(line => line.Contains("could not yet forget", StringComparison.Ordinal));
    }

    private Task<object> ToldAsync() => _regions.NextAsync(WatchAddress.Kind);

    private DepartureWorker Start()
    {
        var worker = new DepartureWorker(
            _departures,
            (memberId, _) => new(memberId == Ada.ToString("D") ? _partiesOfAda : []),
            _regions.Of(WatchAddress.Kind),
            static () => true,
            new PipelineOptions(DeparturePipeline.Name, _time) { Random = () => 0.5 },
            _log);
        _departures.OnAdded(worker.LookSoon);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>The list.</summary>
    private sealed class FakeDepartures : IDepartures
    {
        private readonly Lock _gate = new();
        private readonly List<Departure> _listed = [];
        private readonly Channel<int> _looks = Channel.CreateUnbounded<int>();
        private readonly TaskCompletionSource<Guid> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Action? _added;

        public DateTimeOffset First { get; private set; }

        public int Count
        {
            get
            {
                lock (_gate)
                {
                    return _listed.Count;
                }
            }
        }

        public void Add(Departure departure)
        {
            lock (_gate)
            {
                _listed.Add(departure);
            }

            First = departure.DeletedAt;
            _added?.Invoke();
        }

        public Task<int> LookedAsync() => _looks.Reader.ReadAsync().AsTask().Within("a look at the list");

        public Task<Guid> DoneAsync() => _done.Task.Within("the account to be off the list");

        public Task<IReadOnlyList<Departure>> ListAsync(int count, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                _looks.Writer.TryWrite(_listed.Count);
                return Task.FromResult<IReadOnlyList<Departure>>([.. _listed]);
            }
        }

        public Task DoneAsync(Guid accountId, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                _listed.RemoveAll(departure => departure.AccountId == accountId);
            }

            _done.TrySetResult(accountId);
            return Task.CompletedTask;
        }

        public void OnAdded(Action added) => _added += added;
    }
}
