using AkkaParty.Protocol.Parties;
using OpeningSeat = AkkaParty.Protocol.WatchParties.OpeningSeat;

namespace AkkaParty.Protocol.Tests.Parties;

/// <summary>One of each message, with every member set to something that shows.</summary>
internal static class PartySamples
{
    private static readonly DateTimeOffset At = new(2025, 6, 7, 20, 15, 30, 125, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = At.AddHours(24);
    private static readonly Movie Metropolis = new("19", "Metropolis", "1927", "https://image.tmdb.org/t/p/w500/m.jpg");
    private static readonly Movie Nosferatu = new("653", "Nosferatu – Eine Symphonie des Grauens", "1922", "");
    private static readonly PartyOptions Options = new();
    private static readonly Caller Ann = new("u1", "5f78c33274e43fa9de5659265c1d917e25c03722dcb0b8d27db8d5feaa813953");

    private static readonly RunoffResult Result = new("653",
    [
        new RunoffRound(1, [new("19", 1), new("653", 1)], "19", 0, 2, 2, new(["19", "653"], RunoffTieBreak.NominatedLater, null), null),
        new RunoffRound(2, [new("653", 2)], null, 0, 2, 2, null, "653"),
    ]);

    /// <summary>Events, in the order of their table.</summary>
    public static IReadOnlyList<PartyEvent> Events { get; } =
    [
        new PartyCreated(At, "Film night", "u1", "Host", Ann.TokenHash, Later, Options),
        new ParticipantJoined(At, "u2", "Zoë 🎬", false, "abc", Later),
        new ParticipantLeft(At, "u1", "u2"),
        new ParticipantRemoved(At, "u2", "u1"),
        new HostChanged(At, "u2"),
        new ParticipantConnected(At, "u2"),
        new ParticipantDisconnected(At, "u2"),
        new ParticipantSeen(At, "u2"),
        new ParticipantWentAway(At, "u2"),
        new TokenIssued(At, "u2", "abc", "def", Later),
        new TokenRevoked(At, "u2", "def", true),
        new NominationsStarted(At),
        new MovieNominated(At, Metropolis, "u2", At.AddSeconds(120)),
        new NominationVoted(At, "u2", "19", NominationVote.Yay),
        new NominationPassed(At, "19", NominationEnd.Certain),
        new NominationFailed(At, "19", NominationEnd.Deadline),
        new NominationWithdrawn(At, "19", "u2"),
        new PoolMovieWithdrawn(At, "19", "u1"),
        new NominationsFinalized(At, Later),
        new RankingDeadlineSet(At, null),
        new BallotSubmitted(At, "u2", ["653", "19"]),
        new PartyFinished(At, Nosferatu, Result, RankingEnd.AllRanked),
        new PartyRestarted(At, 2),
        new WatchPartyRequested(
            At, "8edd89ad-4e1e-807c-9d43-a16b8773cb94", "Friday", "u1", Metropolis,
            [new OpeningSeat("u1", "Ann"), new OpeningSeat("u2", "Zoë", "account-2")]),
        new WatchPartyOpened(At, "8edd89ad-4e1e-807c-9d43-a16b8773cb94", "ABC234"),
        new WatchPartyFailed(At, "8edd89ad-4e1e-807c-9d43-a16b8773cb94", "no free invite code was found"),
    ];

    /// <summary>Commands, queries and signals, in the order of their table.</summary>
    public static IReadOnlyList<object> Messages { get; } =
    [
        new CreateParty(At, "Film night", "u1", "Host", Ann.TokenHash, Later, Options),
        new JoinParty(At, "u2", "Zoë 🎬", "abc", Later),
        new LeaveParty(At, Ann),
        new RemoveParticipant(At, Ann, "u2"),
        new TransferHost(At, Ann, "u2"),
        new StartNomination(At, Ann),
        new SuggestMovie(At, Ann, Metropolis),
        new VoteNomination(At, Ann, "nay", "19"),
        new CloseNomination(At, Ann),
        new WithdrawNomination(At, Ann, "19"),
        new FinalizeNominations(At, Ann),
        new SubmitRanking(At, Ann, ["653"]),
        new CloseRanking(At, Ann),
        new SetRankingDeadline(At, Ann, Later),
        new RestartParty(At, Ann),
        new OpenWatchParty(At, Ann),
        new FinishOpening(At, "8edd89ad-4e1e-807c-9d43-a16b8773cb94", "ABC234", "no free invite code was found"),
        new IssueToken(At, "u2", null, "def", Later),
        new RevokeToken(At, Ann),
        new SetPresence(At, "u2", true),
        new SeenParticipant(At, Ann),
        new PassDeadline(Later, At),
        new GetParty(),
        new AuthenticateCaller("abc", At),
        new GetOwnBallot(Ann, At),
        new PartyReaction(Ann, At, "🎉"),
    ];

    /// <summary>The party while a nomination is open.</summary>
    public static PartyView Nominating { get; } = new(
        "p1",
        "Film night",
        new OrderedDictionary<string, ParticipantView>
        {
            ["u1"] = new("u1", "Host", true, true, false, At),
            ["u2"] = new("u2", "Zoë 🎬", false, false, true, At.AddMinutes(1)),
        },
        PartyPhase.Nominating,
        At,
        new NominationView(
            Metropolis,
            new OrderedDictionary<string, NominationVote> { ["u2"] = NominationVote.Yay, ["u1"] = NominationVote.Nay },
            "u2",
            At.AddSeconds(120),
            2,
            2),
        [Nosferatu],
        null,
        null,
        null,
        null,
        17,
        1,
        Later,
        Options);

    /// <summary>The party with its result.</summary>
    public static PartyView Finished { get; } = Nominating with
    {
        Phase = PartyPhase.Finished,
        CurrentNomination = null,
        NominationPool = [Nosferatu, Metropolis],
        Submissions = new OrderedDictionary<string, IReadOnlyList<string>> { ["u2"] = [], ["u1"] = [] },
        Winner = Nosferatu,
        Result = Result,
        EndedBy = RankingEnd.AllRanked,
        RankingDeadline = null,
        Seq = 42,
    };

    /// <summary>Replies, in the order of their table.</summary>
    public static IReadOnlyList<object> Replies { get; } =
    [
        PartyDone.Instance,
        new PartyOpened("u1", Nominating),
        new PartyEntered("u2", Nominating.Participants["u2"], Nominating),
        new PartyAdvanced(Nominating),
        new PartyMember("u2", "Zoë 🎬", false, Later, true, false),
        new OwnBallot(["653", "19"]),
        Finished,
    ];

    /// <summary>Server frames.</summary>
    public static IReadOnlyList<(string Name, object Frame)> ServerFrames { get; } =
    [
        ("pong", PongFrame.Of(1749327330)),
        ("search_results", new SearchResultsFrame(new("metro", [Metropolis]))),
        ("search_results with id", new SearchResultsFrame(new("", [], 7))),
        ("party_update while nominating", new PartyUpdateFrame(new(Nominating), 17)),
        ("party_update when finished", new PartyUpdateFrame(new(Finished), 42)),
        ("error", new ErrorFrame(new("no nomination in progress", PartyErrorCodes.NoNomination, false))),
        ("error with field and id", new ErrorFrame(new("vote must be 'yay' or 'nay'", PartyErrorCodes.InvalidVote, false, "vote", 7))),
        ("error to try again", new ErrorFrame(new("The party is busy.", "busy", true, RetryAfterMs: 1000))),
        ("ack", new AckFrame(new(7, 43))),
        (
            "watch_ticket",
            new WatchTicketFrame(
                new("8edd89ad-4e1e-807c-9d43-a16b8773cb94", "ABC234", "8edd", 120, "/api/v1/watch-parties/x/ws?ticket=8edd"))),
        ("reaction", new ReactionFrame(new("u2", "Zoë 🎬", "🎉"))),
    ];
}
