using AkkaParty.Chaos.Checking;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.EndToEnd.Clusters;

/// <summary>The checker finds what it is there to find: a sound history passes, and each way to break it is named.</summary>
public sealed partial class CheckerTests
{
    private const string Party = "p";
    private const string Host = "h";
    private const string Guest = "g";
    private const string Deadline1 = "1000000000001";
    private const string Deadline2 = "1000000000002";

    private static readonly JournalEvent[] Journal =
    [
        Event(1, "party.created.v1", """{"host_id":"h"}"""),
        Event(2, "party.participant-joined.v1", "{}"),
        Event(3, "party.participant-connected.v1", """{"user_id":"h"}"""),
        Event(4, "party.ranking-deadline-set.v1", """{"deadline":"2001-09-09T01:46:40.001Z"}"""),
        Event(5, "party.ballot-submitted.v1", """{"user_id":"g","ranks":["7","8"]}"""),
        Event(6, "party.ranking-deadline-set.v1", """{"deadline":"2001-09-09T01:46:40.002Z"}"""),
    ];

    private static readonly Happening[] History =
    [
        new Opened(10, Party, Host, 1, "n1", Feeds.Party, 0),
        Shows(11, 1, 3, "", "h", ""),
        new Called(20, Party, Host, 1, CommandKind.Deadline, Deadline1),
        Shows(21, 1, 4, Deadline1, "h", ""),
        new Told(22, Party, Host, 1, 4),
        new Acknowledged(22, Party, Host, 1, 4),
        new Called(30, Party, Guest, 1, CommandKind.Ballot, "7,8"),
        new Acknowledged(32, Party, Guest, 1, 5),
        new Closed(33, Party, Host, 1, "lost"),
        new Opened(34, Party, Host, 2, "n2", Feeds.Party, 4),
        Shows(35, 2, 5, Deadline1, "h", "g"),
        new Called(40, Party, Host, 2, CommandKind.Deadline, Deadline2),
        new Retried(41, Party, Host, 2, "outcome_unknown"),
        Shows(42, 2, 6, Deadline2, "h", "g"),
        new Told(43, Party, Host, 2, 6),
        new Acknowledged(43, Party, Host, 2, 6),
        new Read(52, Party, Host, 50, "n3", Sees(6, Deadline2, "h", "g")),
        new Finished(60, Party, Host, 6),
        new Opened(11, Party, Guest, 1, "n3", Feeds.Party, 0),
        new Shown(61, Party, Guest, 1, Sees(6, Deadline2, "h", "g")),
        new Finished(62, Party, Guest, 6),
    ];

    [Fact]
    public void A_sound_history_has_no_findings()
    {
        var report = Checker.Check(History, Journal);

        report.Findings.ShouldBeEmpty();
        report.Parties.ShouldBe(new Figures(
            Entities: 1, Commands: 3, Acknowledged: 3, Sent: 1, Connections: 3, Frames: 5, Reads: 1, Events: 6));
        report.Rooms.ShouldBe(default);
    }

    [Fact]
    public void An_acknowledged_command_that_the_journal_lacks_is_lost() =>
        ShouldFind(Breach.Lost, History, [.. Journal[..4], Event(5, "party.other.v1", "{}"), Journal[5]]);

    [Fact]
    public void A_command_that_was_acknowledged_before_it_was_carried_out_is_found() =>
        ShouldFind(Breach.Lost, Replace<Acknowledged>(a => a.Person == Guest, a => a with { Seq = 4 }), Journal);

    [Fact]
    public void A_command_that_was_carried_out_twice_is_found() =>
        ShouldFind(Breach.Doubled, History, [.. Journal, Event(7, Journal[4].Manifest, Journal[4].Payload)]);

    [Fact]
    public void A_command_that_nobody_gave_is_found() =>
        ShouldFind(
            Breach.Invented, History, [.. Journal, Event(7, Journal[3].Manifest, """{"deadline":"2001-09-09T01:46:40.003Z"}""")]);

    [Fact]
    public void A_gap_and_a_fork_in_the_journal_are_found()
    {
        ShouldFind(Breach.Forked, History, [.. Journal[..1], .. Journal[2..]]);
        ShouldFind(Breach.Forked, History, [.. Journal, Event(6, "party.other.v1", "{}")]);
    }

    [Fact]
    public void A_command_that_overtook_one_acknowledged_before_it_was_given_is_found() =>
        ShouldFind(Breach.Reordered, History, [.. Journal[..3], At(4, Journal[5]), Journal[4], At(6, Journal[3])]);

    [Fact]
    public void A_feed_that_repeats_or_goes_back_is_found()
    {
        ShouldFind(Breach.FeedWentBack, [.. History, Shows(36, 2, 5, Deadline1, "h", "g")], Journal);
        ShouldFind(Breach.FeedWentBack, [.. History, Shows(36, 2, 4, Deadline1, "h", "")], Journal);
        ShouldFind(Breach.FeedWentBack, Replace<Opened>(o => o.Connection == 2, o => o with { Since = 5 }), Journal);
    }

    [Fact]
    public void A_feed_that_comes_after_the_acknowledgement_is_found() =>
        ShouldFind(Breach.FeedBehind, Replace<Shown>(s => s.At == 42, s => s with { At = 44 }), Journal);

    [Fact]
    public void A_feed_that_does_not_come_to_the_end_is_found()
    {
        ShouldFind(Breach.FeedIncomplete, [.. History.Where(h => h.At != 61)], Journal);
        ShouldFind(Breach.FeedIncomplete, [.. History.Where(h => h.At != 62)], Journal);
    }

    [Fact]
    public void A_sight_that_is_not_what_the_journal_says_is_found()
    {
        ShouldFind(Breach.WrongSight, Replace<Shown>(s => s.At == 35, s => s with { Sight = Sees(5, Deadline1, "h", "") }), Journal);
        ShouldFind(Breach.WrongSight, Replace<Shown>(s => s.At == 61, s => s with { Sight = s.Sight with { Hash = "other" } }), Journal);
        ShouldFind(Breach.WrongSight, Replace<Read>(_ => true, r => r with { Sight = Sees(7, Deadline2, "h", "g") }), Journal);
    }

    [Fact]
    public void A_stale_read_is_found() =>
        ShouldFind(Breach.StaleRead, Replace<Read>(_ => true, r => r with { Sight = Sees(5, Deadline1, "h", "g") }), Journal);

    [Fact]
    public void A_read_that_began_before_the_acknowledgement_may_be_older() =>
        Checker.Check(
            Replace<Read>(_ => true, r => r with { Began = 43, Sight = Sees(5, Deadline1, "h", "g") }), Journal).Findings.ShouldBeEmpty();

    [Fact]
    public void A_refused_command_is_found() =>
        ShouldFind(Breach.Refused, [.. History, new Refused(55, Party, Guest, 9, "command_expired")], Journal);

    [Fact]
    public void Every_line_of_a_history_is_read_as_it_was_written()
    {
        Happening[] all = [.. History, .. RoomHistory, new Refused(55, Party, Guest, 9, "command_expired")];

        all.Select(h => HistoryFormat.Parse(HistoryFormat.Write(h))).ShouldBe(all);
        var kinds = typeof(Happening).Assembly.GetTypes().Count(type => type.BaseType == typeof(Happening));
        all.Select(h => h.GetType()).Distinct().Count().ShouldBe(kinds);
    }

    private static void ShouldFind(Breach breach, IEnumerable<Happening> history, IEnumerable<JournalEvent> journal)
    {
        var findings = Checker.Check(history, journal).Findings;
        findings.ShouldContain(finding => finding.Breach == breach, string.Join(Environment.NewLine, findings));
    }

    private static Happening[] Replace<T>(Func<T, bool> which, Func<T, T> change)
        where T : Happening => [.. History.Select(h => h is T t && which(t) ? change(t) : h)];

    private static Shown Shows(long at, int connection, long seq, string deadline, string connected, string ranked) =>
        new(at, Party, Host, connection, Sees(seq, deadline, connected, ranked));

    private static Sight Sees(long seq, string deadline, string connected, string ranked) =>
        new(seq, Feeds.Party, $"hash of {seq}", PartySight.Look(deadline, Ids(connected), Ids(ranked)));

    private static string[] Ids(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static JournalEvent Event(long seq, string manifest, string payload) => new(Party, seq, manifest, payload);

    private static JournalEvent At(long seq, JournalEvent each) => each with { Seq = seq };
}
