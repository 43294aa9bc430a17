using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Simulation.Workloads;

internal sealed partial class WatchPartyWorkload
{
    /// <summary>What they may come to ask for.</summary>
    private sealed partial class Viewer
    {
        private static readonly double[] Rates = [0.5, 1, 1, 1.25, 2];

        private WatchCommand OfPlayback(WatchActor actor, DateTimeOffset now) => Random.Below(40) switch
        {
            < 9 => new Play(now, actor, Random.Chance(0.2) ? Random.Below(6_000) : null),
            < 13 => new Pause(now, actor, Random.Chance(0.2) ? Random.Below(6_000) : null),
            < 20 => new Seek(now, actor, Random.Below(7_000)) { MeantAt = now - Random.Milliseconds(0, 400) },
            < 25 => new SetRate(now, actor, Random.Pick(Rates)),
            < 29 => new SkipItem(now, actor, Random.Chance(0.6) ? null : SomeFilm()),
            < 33 => new VoteToSkip(now, actor, Playing() ?? SomeFilm(), Random.Chance(0.8)),
            < 35 => new NoteDuration(now, actor, SomeFilm(), Random.Between(1_500, 6_000)),
            < 37 => new AddMediaItem(now, actor, workload.Film(), Random.Chance(0.3) ? 0 : null),
            < 39 => new MoveMediaItem(now, actor, SomeFilm(), Random.Below(3)),
            _ => new RemoveMediaItem(now, actor, SomeFilm()),
        };

        private WatchCommand OfPeople(WatchActor leader, DateTimeOffset now) => Random.Below(30) switch
        {
            < 3 => new KickParticipant(now, leader, Somebody(), Ban: false),
            < 6 => new KickParticipant(now, leader, Somebody(), Ban: true),
            < 9 => new LiftBan(now, leader, Somebody()),
            < 12 => new InviteToWatchParty(now, leader, new WatchPerson(Somebody(), "Somebody")),
            < 14 => new ReviewWatchAccess(now, leader, Somebody(), Random.Chance(0.8), null),
            < 20 when workload._requests.Count > 0 =>
                new ReviewGuestRequest(now, leader, Random.Pick(workload._requests), Random.Chance(0.8), null),
            < 22 => new SetCoHost(now, leader, Somebody(), Random.Chance(0.7)),
            < 24 => new TransferHost(now, leader, Somebody()),
            < 25 => new MuteParticipant(now, leader, Somebody(), Random.Chance(0.5)),
            < 26 => new DeleteWatchMessage(now, leader, $"{Random.Between(1, 9)}"),
            _ => new UpdateWatchParty(now, leader, null, null, workload.Settings(), null),
        };

        private ReportClient Report(WatchActor actor, DateTimeOffset now) => new(
            now,
            actor,
            Random.Chance(0.6) ? WatchStatus.Ready : Random.Pick(Enum.GetValues<WatchStatus>()),
            Random.Chance(0.5) ? Random.Chance(0.8) : null,
            Random.Chance(0.3) ? Random.Between(1, 600) : null,
            Random.Chance(0.2) ? Random.Between(-90, 90) : null);

        private string Somebody() => workload._members.Count == 0 ? name : Random.Pick(workload._members);

        private string SomeFilm() => FilmId(Random.Between(1, workload._films));

        /// <summary>What plays, as people see it.</summary>
        private string? Playing()
        {
            var history = workload.Histories.Single(history => history.Address == party);
            history.Read(Cluster.Store.Journal);
            return history.Last.Play.Current.ItemId;
        }
    }
}
