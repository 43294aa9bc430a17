using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Tests.Rooms;

/// <summary>One of each message, with every member set to something that shows.</summary>
internal static class RoomSamples
{
    private const string RoomId = "00000000000000ab00000000";
    private const string ItemId = "00000000000000ab00000001";
    private const string EntryId = "00000000000000ab00000002";
    private const string RoundId = "00000000000000ab00000003";

    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 2, 2, 20, 15, 30, TimeSpan.Zero).AddTicks(1_234_560);
    private static readonly DateTimeOffset Later = At.AddDays(365);
    private static readonly RoomActor Ann = new("ann", "5f78c33274e43fa9de5659265c1d917e25c03722dcb0b8d27db8d5feaa813953");
    private static readonly RoomSeat Zoe = new("zoë", "Zoë 🎬", "🍿", "DE");
    private static readonly RoomSettings Settings = new(90, SelectionMode.RoundRobin, AllowRevotes: false);
    private static readonly RoomTokenGrant Token = new("abc", Later, "9f8e7d6c5b4a39281706f5e4d3c2b1a0");

    private static readonly ItemDetails Details = new()
    {
        TmdbId = 653,
        PosterUrl = "https://image.tmdb.org/t/p/w500/n.jpg",
        Year = 1922,
        RuntimeMinutes = 94,
        Genres = ["Horror"],
        StreamingOn = ["Arte"],
        Overview = "A vampire.",
        VoteAverage = 7.7,
        PlayNowUrl = "https://archive.org/nosferatu",
        ProviderLinks = [new ProviderLink("Arte", "DE", "free", "https://arte.tv/logo.png", "https://arte.tv/1")],
        ProvidersByRegion = new Dictionary<string, IReadOnlyList<string>> { ["DE"] = ["Arte"] },
    };

    private static readonly ItemFacts Facts = new(
        ItemId, "Nosferatu – Eine Symphonie des Grauens", "zoë", At, ItemStatus.Watching, new ItemDetails { Year = 1922 }, Details, 3, 1,
        EnrichmentStatus.NotFound, "why", 2);

    private static readonly HistoryView Entry = new(
        EntryId, RoomId, ItemId, "Nosferatu", "zoë", At, [new RatingView("ann", 9), new RatingView("zoë", 10)], "Good.");

    private static readonly RoundResultView Result = new(
        RoundId, At, At.AddSeconds(60), VotingRoundEnd.AllDone, ItemId, [new StandingView(ItemId, "Nosferatu", 3, 1, 2)]);

    private static readonly SelectionView Selection = new(
        RoundId, At, SelectionMode.WeightedRandom, "ann", ItemId, "Nosferatu", [new CandidateView(ItemId, null, null, 2, 5)], 5,
        "000000000000feed", 4, "zoë", "why");

    private static readonly RoomView Room = new(
        RoomId, "Film club", "ABC234", [new RoomMemberView("zoë", "Zoë 🎬", "🍿", "DE", Claimed: true, Online: false)],
        ["zoë"], Settings, At, 7);

    private static readonly VotingRounds Rounds = new(
        new OpenRoundView(RoundId, At, At.AddSeconds(60), 60, "ann", ["zoë"]), Result);

    /// <summary>Events, in the order of their table.</summary>
    public static IReadOnlyList<RoomEvent> Events { get; } =
    [
        new RoomCreated(At, "ABC234", "Film club", [Zoe], Settings, Token),
        new RoomUpdated(At, "Cinema", Settings, "ann"),
        new RoomDeleted(At, ["ann", "zoë"], [ItemId], null),
        new MemberJoined(At, Zoe, IsAdmin: true, Token),
        new SeatClaimed(At, Zoe, IsAdmin: false, Token),
        new MemberListed(At, Zoe, "ann"),
        new MemberUpdated(At, Zoe, Claimed: true, "ann"),
        new MemberRemoved(At, "zoë", "ann"),
        new SeatFreed(At, Zoe, "ann", WasAdmin: true),
        new AdminGranted(At, "zoë", "Zoë 🎬", "ann", "Ann"),
        new RoomTokenIssued(At, "zoë", Token, "def"),
        new RoomTokenRevoked(At, "zoë", "abc", WasLast: true),
        new MemberConnected(At, "zoë", "Zoë 🎬"),
        new MemberDisconnected(At, "zoë", null),
        new ItemAdded(At, Facts, ["DE", "US"]),
        new ItemUpdated(At, Facts, ["status", "year"], "ann"),
        new ItemRemoved(At, Facts, "ann"),
        new RoomWatchPartyRequested(
            At, "8edd89ad-4e1e-807c-9d43-a16b8773cb94", "Film club", "ann", Facts,
            [new OpeningSeat("ann", "Ann"), new OpeningSeat("zoë", "Zoë", "a2")]),
        new RoomWatchPartyOpened(At, "8edd89ad-4e1e-807c-9d43-a16b8773cb94", "ABC234", ItemId, "Nosferatu"),
        new RoomWatchPartyFailed(At, "8edd89ad-4e1e-807c-9d43-a16b8773cb94", ItemId, "Nosferatu", "no free invite code was found"),
        new ItemWatched(At, Facts, null),
        new EntryAdded(At, Entry, "00000000000000ab00000009"),
        new EntryRated(At, "ann", 9, Entry),
        new EnrichmentRequested(At, Facts, ["DE"], "ann"),
        new ItemEnriched(At, Facts, ["year"]),
        new VoteCast(At, ItemId, "Nosferatu", "zoë", "Zoë 🎬", IsUp: true, IsChange: true, 3, 1),
        new VoteRemoved(At, ItemId, "Nosferatu", "zoë", null, WasUp: false, At, 3, 0),
        new ItemReacted(At, ItemId, "zoë", "fire", Active: true),
        new SelectionMade(
            At, RoundId, SelectionMode.RoundRobin, "ann", ItemId, "Nosferatu", "https://image.tmdb.org/t/p/w500/n.jpg",
            [new DrawnCandidate(ItemId, 2, 1)], 1, "000000000000feed", null, "zoë", "why"),
        new VotingRoundStarted(At, RoundId, 60, At.AddSeconds(60), "ann"),
        new VotingDone(At, RoundId, "zoë"),
        new VotingRoundEnded(At, Result),
    ];

    /// <summary>Commands and queries, in the order of their table.</summary>
    public static IReadOnlyList<object> Messages { get; } =
    [
        new CreateRoom(At, "ABC234", "Film club", [Zoe], Settings, Token),
        new JoinRoom(At, null, Zoe, Token),
        new AddMember(At, Ann, Zoe),
        new UpdateMember(At, Ann, Zoe),
        new RemoveMember(At, Ann, "zoë"),
        new LeaveRoom(At, Ann, "ann", "zoë"),
        new GrantAdmin(At, Ann, "zoë"),
        new FreeSeat(At, Ann, "zoë"),
        new UpdateRoom(At, Ann, "Cinema", Settings),
        new DeleteRoom(At, Ann),
        new IssueRoomToken(At, "ann", Ann, Token),
        new RevokeRoomToken(At, Ann),
        new SetRoomPresence(At, "zoë", Connected: true),
        new PassRoomDeadline(At, At),
        new AddItem(At, Ann, "ann", "Nosferatu", Details),
        new UpdateItem(At, Ann, ItemId, ItemStatus.Watching, new ItemDetails { Year = 1922 }),
        new RemoveItem(At, Ann, ItemId),
        new RequestEnrichment(At, Ann, ItemId),
        new FinishEnrichment(At, ItemId, 2, Details, null),
        new SelectItem(At, Ann, SelectionMode.HighestVotes, ulong.MaxValue),
        new PickItem(At, Ann, ItemId),
        new FinishRoomOpening(At, "8edd89ad-4e1e-807c-9d43-a16b8773cb94", "ABC234", "no free invite code was found"),
        new MarkWatched(At, Ann, ItemId, "Good."),
        new RateEntry(At, Ann, EntryId, "ann", 9),
        new CastVote(At, Ann, ItemId, "ann", IsUp: true) { Fingerprint = "f1" },
        new RemoveVote(At, new RoomActor(null, null), ItemId, "ann"),
        new ReactToItem(At, Ann, ItemId, "ann", "fire", Active: null),
        new StartVotingRound(At, Ann, 60),
        new CloseVotingRound(At, Ann),
        new FinishVoting(At, Ann, "ann"),
        new GetRoom(),
        new AuthenticateRoomCaller("abc", At),
        new GetPresence(Ann, At),
        new ListItems(Ann, At, ItemStatus.Queued, "Arte", AvailableNow: true, 100, 7),
        new GetItem(Ann, At, ItemId),
        new ListVotes(Ann, At, ItemId),
        new ListVotesOf(Ann, At, "zoë"),
        new ListReactions(Ann, At),
        new ListHistory(Ann, At, 50, 7),
        new GetRoomStats(Ann, At),
        new ListSelections(Ann, At, 50),
        new GetVotingRounds(Ann, At),
    ];

    /// <summary>Replies, in the order of their table.</summary>
    public static IReadOnlyList<object> Replies { get; } =
    [
        new RoomDone { Fingerprint = "f1" },
        new RoomChanged(Room),
        new RoomEntered(Room, "zoë", HasToken: true),
        new ItemChanged(Facts.ToView(), IsNew: true),
        new VoteChanged(new VoteView(ItemId, "zoë", "up", At), new VoteCounts(3, 1, 2)),
        new ReactionChanged(new ReactionView(ItemId, "zoë", "fire", Active: true)),
        new EntryChanged(Entry),
        new ItemSelected(Selection, Facts.ToView()),
        new VotingChanged(Rounds),
        Room,
        new RoomMember("zoë", "Zoë 🎬", IsAdmin: true, Token.Person, Later),
        new PresentMembers(["ann", "zoë"], 7),
        Facts.ToView(),
        new ItemList([Facts.ToView()], 7),
        new VoteList([new VoteView(ItemId, "zoë", "down", At)]),
        new ReactionList([new ReactionView(ItemId, "zoë", "fire", Active: true)]),
        new HistoryList([Entry]),
        new RoomStats(1, 2, 19, [new RoomUserStats("zoë", 3, 1, 1, 10)]),
        new SelectionList([Selection]),
        Rounds,
    ];

    /// <summary>What else the edge shows or the socket says by itself; the rest of the frames is in the tests of the room.</summary>
    public static IReadOnlyList<(string Name, object Shown)> Shown { get; } =
    [
        ("presence", new PresenceFrame(["ann", "zoë"], At, 7)),
        ("heartbeat", new RoomHeartbeatFrame(At)),
        ("ping", new RoomPingFrame()),
        ("error", new RoomErrorFrame("Item not found", "Item not found", "item_not_found", Retryable: false)),
        ("error_full", new RoomErrorFrame("Busy", "Busy", "busy", Retryable: true, "item_id", 7, 250)),
        ("ack", new RoomAckFrame(7, 12)),
        ("connected", new StreamConnectedFrame(RoomId, 7)),
        ("keepalive", new StreamKeepAliveFrame(At)),
        ("room", Room),
        ("item", Facts.ToView()),
        ("history", HistoryShown.Of(Entry)),
        ("selection", Selection),
    ];

    /// <summary>What a room's code is told and says.</summary>
    public static (RoomCodeEvent Event, IReadOnlyList<object> Messages, object Reply) Code { get; } =
        (new RoomCodeClaimed(At, RoomId), [new ClaimRoomCode(At, RoomId), new FindRoomByCode()], new RoomCodeOwner(RoomId));
}
