using AkkaParty.Chaos.Checking;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.EndToEnd.Clusters;

/// <summary>The same for rooms, whose feeds show what happens: nothing may be left out, and counts are recounted.</summary>
public sealed partial class CheckerTests
{
    private const string Room = "r";
    private const string Ann = "ann";
    private const string Bob = "bob";
    private const string Film = "film";

    private static readonly Counts None = new(0, 0);
    private static readonly Counts OneUp = new(1, 0);
    private static readonly Counts OneDown = new(0, 1);

    private static readonly JournalEvent[] RoomJournal =
    [
        RoomEvent(1, "room.created.v1", "{}"),
        RoomEvent(2, "room.item-added.v1", """{"item":{"id":"film","title":"Metropolis","added_by":"ann"}}"""),
        RoomEvent(3, "room.member-connected.v1", """{"user_id":"ann"}"""),
        RoomEvent(4, "room.vote-cast.v1", """{"item_id":"film","user_id":"ann","is_up":true,"upvotes":1,"downvotes":0}"""),
        RoomEvent(5, "room.vote-cast.v1", """{"item_id":"film","user_id":"ann","is_up":false,"upvotes":0,"downvotes":1}"""),
        RoomEvent(6, "room.token-issued.v1", "{}"),
        RoomEvent(7, "room.vote-removed.v1", """{"item_id":"film","user_id":"ann","upvotes":0,"downvotes":0}"""),
        RoomEvent(8, "room.item-watched.v1", """{"item":{"id":"film"},"by":"ann"}"""),
        RoomEvent(9, "room.entry-added.v1", """{"entry":{"item_id":"film"}}"""),
    ];

    private static readonly Happening[] RoomHistory =
    [
        new Called(10, Room, Ann, 1, CommandKind.Film, "Metropolis"),
        new Acknowledged(11, Room, Ann, 1, 2),
        new Opened(12, Room, Ann, 1, "n1", Feeds.Socket, 0),
        new Began(13, Room, Ann, 1, 2),
        new Opened(14, Room, Bob, 1, "n2", Feeds.Stream, 0),
        new Began(15, Room, Bob, 1, 2),
        Tells(16, Bob, 3, RoomSight.Coming(Ann, isThere: true)),
        new Called(20, Room, Ann, 2, CommandKind.Vote, "film/1/up"),
        Tells(21, Ann, 4, RoomSight.Vote(Film, Ann, "up", OneUp)),
        new Told(22, Room, Ann, 1, 4),
        new Acknowledged(22, Room, Ann, 2, 4),
        Tells(23, Bob, 4, RoomSight.Vote(Film, Ann, "up", OneUp)),
        new Read(26, Room, Bob, 24, "n3", Queue(4, OneUp)),
        new Called(30, Room, Ann, 3, CommandKind.Vote, "film/2/down"),
        Tells(31, Ann, 5, RoomSight.Vote(Film, Ann, "down", OneDown)),
        new Acknowledged(32, Room, Ann, 3, 5),
        Tells(33, Bob, 5, RoomSight.Vote(Film, Ann, "down", OneDown)),
        new Closed(34, Room, Bob, 1, "lost"),
        new Opened(35, Room, Bob, 2, "n1", Feeds.Stream, 5),
        new Began(36, Room, Bob, 2, 5),
        new Called(40, Room, Ann, 4, CommandKind.Vote, "film/3/none"),
        Tells(41, Ann, 7, RoomSight.Vote(Film, Ann, RoomSight.NoVote, None)),
        new Acknowledged(42, Room, Ann, 4, 7),
        Tells(43, Bob, 7, RoomSight.Vote(Film, Ann, RoomSight.NoVote, None), 2),
        new Called(50, Room, Ann, 5, CommandKind.Watched, Film),
        Tells(51, Ann, 8, RoomSight.Item(Film, "watched", None, "Metropolis")),
        Tells(52, Ann, 9, RoomSight.Entry(Film)),
        new Told(53, Room, Ann, 1, 9),
        new Acknowledged(53, Room, Ann, 5, 9),
        Tells(54, Bob, 8, RoomSight.Item(Film, "watched", None, "Metropolis"), 2),
        Tells(55, Bob, 9, RoomSight.Entry(Film), 2),
        new Read(58, Room, Bob, 57, "n3", new Sight(9, Feeds.Queue, "hash", RoomSight.Queue(0))),
        new Finished(60, Room, Ann, 9),
        new Finished(61, Room, Bob, 9),
    ];

    [Fact]
    public void A_sound_history_of_a_room_has_no_findings()
    {
        var report = Checker.Check([.. History, .. RoomHistory], [.. Journal, .. RoomJournal]);

        report.Findings.ShouldBeEmpty();
        report.Rooms.ShouldBe(new Figures(
            Entities: 1, Commands: 5, Acknowledged: 5, Sent: 0, Connections: 3, Frames: 11, Reads: 2, Events: 9));
        report.Parties.Entities.ShouldBe(1);
    }

    [Fact]
    public void A_vote_that_was_carried_out_twice_is_found()
    {
        var again = RoomEvent(
            10, "room.vote-cast.v1", """{"item_id":"film","user_id":"ann","is_up":false,"upvotes":0,"downvotes":1}""");

        ShouldFind(Breach.Invented, RoomHistory, [.. RoomJournal, again]);
    }

    [Fact]
    public void A_vote_that_the_journal_lacks_is_lost() => ShouldFind(
        Breach.Lost, RoomHistory, [.. RoomJournal[..4], RoomEvent(5, "room.other.v1", "{}"), .. RoomJournal[5..]]);

    [Fact]
    public void What_was_found_of_a_film_and_taken_over_twice_is_found()
    {
        var found = RoomEvent(10, "room.item-enriched.v1", """{"item":{"id":"film"}}""");

        ShouldFind(Breach.Doubled, RoomHistory, [.. RoomJournal, found, At(11, found)]);
    }

    [Fact]
    public void Counts_that_are_not_the_recount_of_the_votes_are_found()
    {
        var miscounted = RoomJournal[3] with
        {
            Payload = """{"item_id":"film","user_id":"ann","is_up":true,"upvotes":2,"downvotes":0}""",
        };

        ShouldFind(Breach.Miscounted, RoomHistory, [.. RoomJournal[..3], miscounted, .. RoomJournal[4..]]);
    }

    [Fact]
    public void An_event_that_a_feed_left_out_is_found()
    {
        ShouldFind(Breach.FeedGap, [.. RoomHistory.Where(h => h.At != 33)], RoomJournal);
        ShouldFind(Breach.FeedGap, [.. RoomHistory.Where(h => h.At != 31)], RoomJournal);
        ShouldFind(Breach.FeedGap, Swap<Began>(b => b.At == 36, b => b with { Seq = 7 }), RoomJournal);
    }

    [Fact]
    public void A_stream_that_does_not_tell_of_somebodys_coming_is_found() =>
        ShouldFind(Breach.FeedGap, [.. RoomHistory.Where(h => h.At != 16)], RoomJournal);

    [Fact]
    public void An_event_that_came_again_after_a_reconnection_is_found() => ShouldFind(
        Breach.FeedWentBack, [.. RoomHistory, Tells(37, Bob, 5, RoomSight.Vote(Film, Ann, "down", OneDown), 2)], RoomJournal);

    [Fact]
    public void A_feed_of_events_that_comes_after_the_acknowledgement_is_found() =>
        ShouldFind(Breach.FeedBehind, Swap<Shown>(s => s.At == 52, s => s with { At = 54 }), RoomJournal);

    [Fact]
    public void Counts_that_were_shown_and_are_not_the_recount_are_found()
    {
        ShouldFind(
            Breach.WrongSight,
            Swap<Shown>(s => s.At == 23, s => s with { Sight = s.Sight with { Look = RoomSight.Vote(Film, Ann, "up", new(2, 0)) } }),
            RoomJournal);
        ShouldFind(Breach.WrongSight, Swap<Read>(r => r.At == 26, r => r with { Sight = Queue(4, OneDown) }), RoomJournal);
    }

    [Fact]
    public void A_stale_read_of_a_queue_is_found() =>
        ShouldFind(Breach.StaleRead, Swap<Read>(r => r.At == 26, r => r with { Sight = Queue(3, None) }), RoomJournal);

    private static Happening[] Swap<T>(Func<T, bool> which, Func<T, T> change)
        where T : Happening => [.. RoomHistory.Select(h => h is T t && which(t) ? change(t) : h)];

    private static Shown Tells(long at, string person, long seq, string look, int connection = 1)
    {
        var feed = person == Ann ? Feeds.Socket : Feeds.Stream;
        return new Shown(at, Room, person, connection, new Sight(seq, feed, $"{feed} {seq}", look));
    }

    private static Sight Queue(long seq, Counts counts) =>
        new(seq, Feeds.Queue, "hash", RoomSight.Queue(RoomSight.Digest(Film, counts)));

    private static JournalEvent RoomEvent(long seq, string manifest, string payload) => new(Room, seq, manifest, payload);
}
