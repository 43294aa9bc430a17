using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Tests.WatchParties;

/// <summary>One of each message, with every member set to something that shows.</summary>
internal static class WatchSamples
{
    private const string PartyId = "019c1f00-0000-7000-8000-0000000000ab";
    private const string AnnId = "019c1f00-0000-7000-8000-00000000000a";
    private const string GusId = "019c1f00-0000-7000-8000-00000000000b";
    private const string ItemId = "019c1f00-0000-7000-8000-000000000001";
    private const string Hash = "5f78c33274e43fa9de5659265c1d917e25c03722dcb0b8d27db8d5feaa813953";
    private const string RequestId = "019c1f00000070008000000000000000ab0123456789abcdef";

    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 2, 2, 20, 15, 30, TimeSpan.Zero).AddTicks(1_234_560);
    private static readonly DateTimeOffset Later = At.AddDays(1);
    private static readonly WatchActor Ann = new(AnnId, IsAdmin: true);
    private static readonly WatchActor Gus = new(GusId, Hash);
    private static readonly WatchPerson AnnPerson = new(AnnId, "Ann 🎬", false, "https://example.org/ann.png", "ann@example.org");
    private static readonly WatchPerson GusPerson = new(GusId, "Gus", IsGuest: true);
    private static readonly WatchFace AnnFace = new(AnnId, "Ann 🎬", "https://example.org/ann.png", false, WatchRole.Host);
    private static readonly WatchFace GusFace = new(GusId, "Gus", null, true, WatchRole.Viewer);
    private static readonly WatchTokenGrant Token = new(Hash, Later);
    private static readonly WatchMoment Moment = new(PartyId, ItemId, 61_500, Playing: true);
    private static readonly WatchOrigin Origin = new("party", "movie-night", "ann");
    private static readonly OriginSeat Seat = new(GusPerson, "gus");
    private static readonly Playback Playback = new(ItemId, 61_500, Playing: true, 1.25, At, AnnId);
    private static readonly BarrierView Barrier = new(3, [GusId], ["Gus"], Later);
    private static readonly SkipVotes Votes = new(ItemId, 1, 2);
    private static readonly WatchedTime Watched = new(GusId, "Gus", 60_000);

    private static readonly ChatMessage Message = new("7", GusId, "Gus", "What a shot! 🎉", At, ItemId, 61_500, Deleted: false);

    private static readonly MediaItem Item = new(
        ItemId, "Nosferatu – Eine Symphonie des Grauens", "https://archive.org/nosferatu.mp4", "m1", 653,
        "https://image.tmdb.org/t/p/w500/n.jpg", 5_640_000);

    private static readonly WatchSettings Settings = new()
    {
        Visibility = WatchVisibility.Friends,
        ParticipantsMax = 50,
        Controls = WatchControls.AnyonePauses,
        WaitForReady = true,
        ReadySeconds = 20,
        SlowModeSeconds = 5,
        SkipPercent = 60,
    };

    private static readonly ParticipantView Participant = new(
        GusId, "Gus", null, true, WatchRole.CoHost, At, null, Connected: true, At, WatchStatus.Buffering, Muted: true, At, -40, 300);

    private static readonly AccessRequestView Request = new(
        RequestId, GusId, "Gus", "Please", AccessStatus.Approved, At, Later, AnnId, "Come in");

    private static readonly WatchPartyView Party = new()
    {
        Id = PartyId,
        Seq = 12,
        HostId = AnnId,
        Title = "Film night",
        Description = "With popcorn",
        InviteCode = "ABC234",
        Settings = Settings,
        HasPassword = true,
        CreatedAt = At,
        StartedAt = At,
        EndedAt = Later,
        PlaylistId = "p1",
        Origin = Origin,
        Items = [Item],
        Playback = Playback,
        Before = [Playback with { Playing = false }],
        BeforeDurationsMs = [5_640_000],
        PositionMs = 61_500,
        IsPlaying = true,
        SkipVotes = Votes,
        Barrier = Barrier,
        Participants = [Participant],
        ParticipantCount = 2,
        Now = At,
    };

    /// <summary>Events, in the order of their table.</summary>
    public static IReadOnlyList<WatchEvent> Events { get; } =
    [
        new WatchPartyCreated(At, AnnPerson, "ABC234", "Film night", "With popcorn", Settings, [Item], "p1", [Seat], Origin)
        {
            Moment = Moment,
        },
        new WatchPartyUpdated(At, "Cinema", null, Settings, new WatchPassword("pbkdf2", 2), 2, AnnId),
        new WatchPartyEnded(At, AnnId, "Ann 🎬", 60_000, [Watched]),
        new WatchPartyRestarted(At, AnnId, "Ann 🎬"),
        new WatchPartyDeleted(At, null, [AnnId, GusId]),
        new ParticipantJoined(At, GusPerson, WatchRole.CoHost, Returned: true, Hash, 2),
        new ParticipantLeft(At, GusFace, LeaveReason.Kicked, AnnId, 60_000, 1),
        new ParticipantBanned(At, GusFace, AnnId),
        new WatchBanLifted(At, GusId, "Gus", AnnId),
        new HostChanged(At, AnnFace, GusId, HostChangeReason.FirstToCome),
        new CoHostChanged(At, GusFace, AnnId),
        new ParticipantMuted(At, GusFace, Muted: true, AnnId),
        new AccountForgotten(At, GusFace with { Name = WatchPerson.DeletedName, AvatarUrl = null }),
        new ParticipantConnected(At, GusFace),
        new ParticipantDisconnected(At, GusFace, 60_000),
        new ClientReported(At, GusFace, WatchStatus.Ready, ReportsReady: true, 300, -40) { Quiet = true },
        new AccountInvited(At, AnnPerson, AnnId),
        new AccessRequested(At, AnnPerson, "Please", GusId),
        new AccessReviewed(At, AnnId, "Ann 🎬", Approved: true, "Come in", null),
        new GuestAccessRequested(At, RequestId, Hash, GusId, "Gus", "Please", Hash, Granted: false, "older"),
        new GuestRequestReviewed(At, RequestId, "Gus", Approved: false, "No", AnnId),
        new GuestTokenIssued(At, GusId, Token, "older"),
        new WatchTicketIssued(At, AnnId, Hash, "session", Later, "older"),
        new WatchTicketRedeemed(At, AnnId, Hash),
        new WatchMessageSent(At, Message, WatchRole.Viewer, "https://example.org/gus.png"),
        new WatchMessageDeleted(At, "7", GusId, AnnId),
        new PlaybackMoved(At, PlaybackAction.Seek, Playback, Item, AnnFace, new SeekMark(At, AnnId, ByHost: true)),
        new BarrierRaised(At, Barrier, AnnFace),
        new BarrierReached(At, Barrier, GusId),
        new BarrierEnded(At, 3, BarrierEnd.TimedOut, [GusId]),
        new SkipVoteChanged(At, GusId, Skip: true, Votes),
        new DurationNoted(At, ItemId, 5_640_000, GusId),
        new MediaItemAdded(At, Item, 1, AnnId),
        new MediaItemRemoved(At, ItemId, AnnId),
        new MediaItemMoved(At, ItemId, 0, AnnId),
    ];

    /// <summary>Commands, queries and signals, in the order of their table.</summary>
    public static IReadOnlyList<object> Messages { get; } =
    [
        new CreateWatchParty(At, AnnPerson, "ABC234", "Film night", "With popcorn", Settings, [Item], "p1", [Seat], Origin)
        {
            PasswordHash = "pbkdf2",
            Fingerprint = "f1",
        },
        new JoinWatchParty(At, Ann, AnnPerson, "ABC234", IsFriendOfHost: true, GusId, 2, Hash),
        new LeaveWatchParty(At, Gus),
        new ForgetAccount(At, GusId),
        new EndWatchParty(At, Ann),
        new RestartWatchParty(At, Ann),
        new DeleteWatchParty(At, Ann),
        new UpdateWatchParty(At, Ann, "Cinema", "", Settings, "pbkdf2"),
        new InviteToWatchParty(At, Ann, AnnPerson),
        new RequestWatchAccess(At, Ann, AnnPerson, "Please"),
        new ReviewWatchAccess(At, Ann, AnnId, Approved: true, "Come in"),
        new RequestGuestAccess(At, RequestId, Hash, GusId, "Gus", "Please", Hash),
        new ReviewGuestRequest(At, Ann, RequestId, Approved: true, "Come in"),
        new ClaimGuestAccess(At, RequestId, Hash, Token),
        new SetCoHost(At, Ann, GusId, CoHost: true),
        new TransferHost(At, Ann, GusId),
        new KickParticipant(At, Ann, GusId, Ban: true),
        new LiftBan(At, Ann, GusId),
        new MuteParticipant(At, Ann, GusId, Muted: true),
        new SendWatchMessage(At, Gus, "What a shot!"),
        new DeleteWatchMessage(At, Gus, "7"),
        new ReportClient(At, Gus, WatchStatus.Away, ReportsReady: true, 300, -40) { Barrier = 3 },
        new IssueWatchTicket(At, Ann, Hash, "session", "gus", Later),
        new RedeemWatchTicket(At, Hash, Token),
        new SetWatchPresence(At, GusId, Connected: true),
        new PassWatchDeadline(At, At),
        new Play(At, Gus, 61_500) { MeantAt = At },
        new Pause(At, Gus, 61_500),
        new Seek(At, Gus, 61_500),
        new SetRate(At, Gus, 1.25),
        new SkipItem(At, Gus, ItemId),
        new VoteToSkip(At, Gus, ItemId, Skip: true),
        new NoteDuration(At, Gus, ItemId, 5_640_000),
        new AddMediaItem(At, Gus, Item, 1),
        new RemoveMediaItem(At, Gus, ItemId),
        new MoveMediaItem(At, Gus, ItemId, 0),
        new GetWatchParty(WatchActor.Nobody, At, IsFriendOfHost: true, GusId),
        new ListBans(Ann, At),
        new GetWatchEntry(Ann, At),
        new GetWatchSeat(Gus, At),
        new GetWatchWelcome(Gus, At),
        new ListParticipants(Ann, At),
        new GetPlayback(Ann, At),
        new ListMessages(Gus, At, 61_500, ItemId),
        new ListGuestRequests(Ann, At),
        new ListAccessRequests(Ann, At),
        new GetAccessRequest(Ann, At),
        new GetGuestRequest(At, RequestId, Hash, WatchActor.Nobody),
        new GetWatchAnalytics(Ann, At),
        new ReactionSignal(GusId, "Gus", At, "🎉", 61_500),
        new TypingSignal(GusId, "Gus", At, IsTyping: true),
    ];

    /// <summary>Replies, in the order of their table.</summary>
    public static IReadOnlyList<object> Replies { get; } =
    [
        new WatchDone { Fingerprint = "f1" },
        new WatchPartyChanged(Party),
        new PlaybackChanged(Playback, Barrier, 5_640_000, At, 12)
        {
            Before = [Playback with { Playing = false }],
            BeforeDurationsMs = [5_640_000],
            PositionMs = 61_500,
            IsPlaying = true,
        },
        new PlaylistChanged([Item], Playback),
        new MessageSaid(Message, 9),
        new MessageTooSoon(WatchErrorCodes.ChatSlowMode, 4_000, 9),
        new AccessChanged(Request),
        new GuestAdmitted(Request, Later),
        new TicketIssued(AnnId, Later),
        new WatchTicketHolder(Participant, "session", Later),
        new WatchSeat(Participant, Later, 12),
        new WatchEntry(AnnId, WatchVisibility.Invite, new WatchPassword("pbkdf2", 2), Ended: false, HasSeat: true),
        new ParticipantList([Participant], 12),
        new MessageList([Message]),
        new AccessList([Request]),
        new BanList([new BanView(GusId, "Gus", IsGuest: true, At, AnnId)]),
        new WatchNumbers(new WatchAnalytics(2, 1, 2, 7, 60_000, [Watched], 1, 90_000)),
        new WatchWelcome(Party, [Message], Participant, Later),
    ];
}
