using System.Text;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>An evening of a watch party, as it is kept.</summary>
public sealed class WatchStory : WatchSpec
{
    [Fact]
    public void The_snapshot_is_written_exactly_like_the_golden_file_and_read_back()
    {
        Evening();
        var snapshot = Snapshot(State);
        ShouldBeGolden("watch_snapshot.json", snapshot + "\n");

        var restored = Entity.StateCodec.Decode(Encoding.UTF8.GetBytes(snapshot));
        WatchInvariants.CheckAll(restored);
        Snapshot(restored).ShouldBe(snapshot);
    }

    [Fact]
    public void The_snapshot_of_a_thousand_is_made_again_with_every_count()
    {
        Given(Create(new WatchSettings { ParticipantsMax = 1_000 }));
        for (var number = 1; number < 1_000; number++)
        {
            foreach (var command in new WatchCommand[] { Join($"m{number:D3}"), Connect($"m{number:D3}", 2) })
            {
                State = Entity.Decide(State, command).Events.Aggregate(State, Entity.Evolve);
            }
        }

        var restored = Entity.StateCodec.Decode(Encoding.UTF8.GetBytes(Snapshot(State)));
        WatchInvariants.CheckAll(restored);
        (restored.Connected.Count, restored.Seated.Count, restored.Seq).ShouldBe((999, 1_000, State.Seq));
    }

    private void Evening()
    {
        Given(Create(new WatchSettings { WaitForReady = true }) with
        {
            Items = [Item(1, 5_640_000), Item(2)],
            Seats = [new OriginSeat(Person("bob"), "b")],
            Origin = new WatchOrigin("party", "movie-night", "a"),
        });
        Given(new UpdateWatchParty(At(1), As("ann"), "Cinema", "With popcorn", null, "pbkdf2"));
        Given(Join("cy", 2, password: 1, mark: "browser-cy"), Join("dee", 2, password: 1));
        GivenGuest("gus", "browser-gus");
        Given(new SetCoHost(At(5), As("ann"), "bob", CoHost: true), new MuteParticipant(At(5), As("bob"), "dee", Muted: true));
        Given(Connect("ann", 6), Connect("bob", 6), Connect("gus", 7));
        Given(new ReportClient(At(8), Guest("gus"), WatchStatus.Buffering, true, 230, -40));
        Given(new Play(At(9), As("ann")), new SendWatchMessage(At(10), As("bob"), "Who is missing? 🎬"));
        Given(new KickParticipant(At(11), As("ann"), "cy", Ban: true), new IssueWatchTicket(At(12), As("bob"), "t", "s", null, At(42)));
        Given(new VoteToSkip(At(13), As("bob"), Item(1).ItemId, Skip: true), Ask("gil", 14), Disconnect("ann", 15));
        Given(new InviteToWatchParty(At(16), As("ann"), Person("eve")));
        Given(new RequestWatchAccess(At(17), As("fay"), Person("fay"), "Please"), new LeaveWatchParty(At(18), As("dee")));
        Given(new ReviewWatchAccess(At(19), As("ann"), "fay", Approved: false, "Another time"));
    }

    private static void ShouldBeGolden(string name, string actual)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "WatchParties", "Golden", name);
        if (!File.Exists(path) || File.ReadAllText(path) != actual)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path + ".actual", actual);
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing; the actual text is in {path}.actual");
        actual.ShouldBe(File.ReadAllText(path));
    }
}
