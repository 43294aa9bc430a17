using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Simulation.Checkers;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Nodes;

namespace AkkaParty.Simulation.Workloads;

/// <summary>
/// People who watch short films together, with or without accounts: they play, wait for one another, talk, come and go, and are put out.
/// Some evenings began so long ago that the host's role or somebody's seat is about to be given up.
/// </summary>
internal sealed partial class WatchPartyWorkload(SimCluster cluster)
    : EntityWorkload<WatchState, WatchCommand, WatchEvent>(cluster, new WatchEntity(), run => run.WatchParties)
{
    private const string Secret = FeedChecker<WatchState, WatchCommand, WatchEvent>.Secret;
    private const string Code = "ABC234";
    private static readonly WatchActor Admin = new("admin", IsAdmin: true);
    private static readonly TimeSpan LastFilm = TimeSpan.FromSeconds(4);

    private readonly List<Viewer> _viewers = [];
    private readonly List<string> _members = [];
    private readonly List<string> _requests = [];
    private readonly Dictionary<Follower, WatchPartyView> _welcomes = [];
    private DateTimeOffset? _lastDue;
    private int _films;

    // The same for every node that is asked, whenever it is.
    protected override object ProbeQuery => new GetWatchParty(Admin, SimTime.Start);

    protected override WatchCommand TouchCommand => new ReportClient(SimTime.Start, WatchActor.Nobody, null, null, null, null);

    public override void Start()
    {
        var parties = Cluster.Plan.WatchPeople > 4 ? 2 : 1;
        for (var i = 0; i < Cluster.Plan.WatchPeople; i++)
        {
            var party = i < parties ? Add($"watch-{i}-{Random.Below(10_000)}") : _viewers[i % parties].Party;
            _viewers.Add(new Viewer($"viewer-{i}", this, party, isGuest: i >= parties && Random.Chance(0.5)));
        }

        foreach (var history in Histories)
        {
            Begin(history.Address);
        }

        // Some come late: their seat, or the host's role, may be somebody else's by then.
        _viewers.ForEach(viewer => Cluster.World.After(
            Random.Chance(0.3) ? Random.Milliseconds(5_000, 15_000) : Random.Milliseconds(300, 2_500), viewer.Step));
    }

    /// <summary>The last film of the evening: everybody must be waited for, and then it comes to its end, all of it by itself.</summary>
    public override void Stop()
    {
        base.Stop();
        _lastDue = Cluster.ClusterNow + LastDueIn;
        var everybody = new WatchSettings
        {
            Visibility = WatchVisibility.Public,
            Controls = WatchControls.Everyone,
            WaitForReady = true,
            ReadySeconds = LastDueIn.Seconds + 1,
        };
        foreach (var history in Histories)
        {
            var film = Film() with { DurationMs = (long)LastFilm.TotalMilliseconds };
            Func<DateTimeOffset, WatchCommand>[] acts =
            [
                now => new RestartWatchParty(now, Admin),
                now => new UpdateWatchParty(now, Admin, null, null, everybody, null),
                .. _viewers.FindAll(viewer => viewer.Party == history.Address).Select(viewer => viewer.Waits),
                now => new SetRate(now, Admin, 1),
                now => new AddMediaItem(now, Admin, film),
                now => new SkipItem(now, Admin, film.ItemId),
                now => new Play(now, Admin, 500),
            ];
            Do(history.Address, NewSession($"last-film-{history.Address.Id}"), acts);
        }
    }

    public override IEnumerable<string> Unsettled()
    {
        foreach (var what in base.Unsettled())
        {
            yield return what;
        }

        if (Cluster.StoreClockJumped)
        {
            yield break;
        }

        foreach (var history in Histories.Where(history => history.Last.IsOn))
        {
            var state = history.Last;
            var lastEnd = _lastDue + LastFilm + LastFilm;
            if ((state.Play.Barrier?.EndsAt ?? state.Play.Timeline.Last.EndsAt) is { } due
                && (due < lastEnd || due < Cluster.ClusterNow - LateMax))
            {
                // It cannot be on time when its cause came late; and what somebody plays after it may take all night.
                var known = history.Entries[^1].At > due ? history.Entries[^1].At : due;
                if (due >= _lastDue && due < lastEnd && known < Cluster.ClusterNow - LateMax)
                {
                    Cluster.World.Violate(
                        $"{history.Address}: what was due at {due:HH:mm:ss.fff} is late: it is {Cluster.ClusterNow:HH:mm:ss.fff}");
                }

                yield return $"{history.Address}: the barrier or the film is to end at {due:HH:mm:ss.fff}";
            }

            if (!state.Connected.IsEmpty && state.HostAwaySince?.AddSeconds(WatchLimits.HostGraceSeconds) < Cluster.ClusterNow)
            {
                yield return $"{history.Address}: {state.HostId} has been away since {state.HostAwaySince:HH:mm:ss.fff} and is its host";
            }

            if (!state.Idle.IsEmpty && state.Idle.Min.Since.AddHours(WatchLimits.StaleHours) < Cluster.ClusterNow)
            {
                yield return $"{history.Address}: {state.Idle.Min.MemberId} has a seat and has not been there for a day";
            }
        }
    }

    public override void Check()
    {
        base.Check();
        foreach (var history in Histories)
        {
            var checker = new WatchChecker(Cluster, history);
            checker.Check(Cluster.Ledger.Commands.Where(command => command.Address == history.Address));
            foreach (var follower in Followers.Where(follower => follower.Address == history.Address && !follower.IsExpelled))
            {
                checker.CheckWhereabouts(follower, _welcomes.GetValueOrDefault(follower));
            }
        }
    }

    private void Begin(EntityAddress party)
    {
        var session = NewSession($"first-{party.Id}");
        var seats = _viewers.FindAll(viewer => viewer.Party == party && !viewer.IsGuest).ConvertAll(viewer => viewer.Account);
        var before = Random.Pick(
        [
            TimeSpan.Zero,
            TimeSpan.Zero,
            TimeSpan.FromSeconds(WatchLimits.HostGraceSeconds) - Random.Milliseconds(2_000, 9_000),
            TimeSpan.FromHours(WatchLimits.StaleHours) - Random.Milliseconds(2_000, 9_000),
        ]);
        var isDecided = Random.Chance(0.7);
        var settings = Settings();
        List<MediaItem> films = [Film(), Film(), Film()];
        Do(party, session,
        [
            now => new CreateWatchParty(
                now - before,
                seats[0],
                Code,
                "Film night",
                null,
                settings,
                films,
                Seats: isDecided ? seats[1..].ConvertAll(seat => new OriginSeat(seat, $"o-{seat.MemberId}")) : null,
                Origin: isDecided ? new WatchOrigin("party", "p", $"o-{seats[0].MemberId}") : null),
        ]);
    }

    /// <summary>One thing after the other.</summary>
    private void Do(EntityAddress party, ClientSession session, IReadOnlyList<Func<DateTimeOffset, WatchCommand>> acts, int next = 0)
    {
        if (next == acts.Count)
        {
            return;
        }

        if (Cluster.Stamp(Random) is { } now)
        {
            session.Command(party, acts[next](now), withId: true, _ => Do(party, session, acts, next + 1));
        }
        else
        {
            Cluster.World.After(TimeSpan.FromMilliseconds(100), () => Do(party, session, acts, next));
        }
    }

    private MediaItem Film()
    {
        var number = ++_films;
        return new MediaItem(
            FilmId(number), $"Film {number}", DurationMs: Random.Chance(0.7) ? Random.Between(1_500, 6_000) : null);
    }

    private static string FilmId(int number) => $"00000000-0000-4000-8000-{number:D12}";

    private WatchSettings Settings() => new()
    {
        Visibility = Random.Pick(Enum.GetValues<WatchVisibility>()),
        Controls = Random.Chance(0.6) ? WatchControls.Everyone : Random.Pick(Enum.GetValues<WatchControls>()),
        WaitForReady = Random.Chance(0.6),
        ReadySeconds = Random.Between(1, 4),
        ParticipantsMax = Random.Between(4, 12),
        SkipPercent = Random.Pick([0, 30, 60, 100]),
        SlowModeSeconds = Random.Chance(0.1) ? 1 : 0,
    };
}
