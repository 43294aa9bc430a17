using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>A participant's connection to a watch party, in either dialect.</summary>
internal sealed partial class WatchSession : EntitySession<WatchOrder>, IRosterMember
{
    private readonly WatchDialect _dialect;
    private readonly WatchFloor _floor;
    private readonly WatchActor _actor;
    private readonly OwnFrames? _own;
    private readonly string? _accountSession;
    private WatchFollower? _follower;
    private Roster? _roster;
    private DateTimeOffset _messageAt;

    /// <summary>Makes the session of a recognised participant.</summary>
    /// <param name="context">The upgraded request.</param>
    /// <param name="stream">Its raw stream.</param>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="dialect">How it speaks.</param>
    /// <param name="floor">What connections of watch parties share.</param>
    /// <param name="follower">Who it is, and from where on they follow.</param>
    /// <param name="client">The client's own name for itself, so that its frame numbers survive a reconnection; null for none.</param>
    public WatchSession(
        HttpContext context,
        Stream stream,
        ConnectionServices shared,
        WatchDialect dialect,
        WatchFloor floor,
        WatchFollower follower,
        string? client)
        : base(context, stream, shared, follower.Lifetime, follower.Party, ScopeOf(follower.MemberId, client), follower.Since)
    {
        _dialect = dialect;
        _floor = floor;
        _actor = follower.Actor;
        _accountSession = follower.AccountSession;
        _own = dialect.SparesSender ? new OwnFrames() : null;
        _report = new ClientReport(shared.Time);
        _report.NoteBarrier(follower.Welcome.Party.Barrier?.BarrierId ?? 0);
        _follower = follower;
        Member = follower.MemberId;
    }

    /// <inheritdoc />
    public override string Member { get; }

    /// <inheritdoc />
    public override string? Credential => _actor.GuestTokenHash;

    /// <inheritdoc />
    public override string? AccountSession => _accountSession;

    /// <inheritdoc />
    public WatchActor Actor => _actor;

    /// <inheritdoc />
    protected override Audience Audience => _dialect.Audience;

    /// <summary>Some events concern nobody's screen, such as a new token.</summary>
    protected override bool ShowsEveryChange => false;

    /// <inheritdoc />
    public void Send(ParticipantList list, RosterFrame shared)
    {
        if (shared.Bytes.IsEmpty)
        {
            shared.Bytes = FrameHeader.Frame(FrameHeader.Text, _dialect.Participants(list));
        }

        Outbox.Send(new WireFrame(FeedFrameKind.State, shared.Bytes));
    }

    /// <inheritdoc />
    protected override void Begin()
    {
        // The state as of a number, and then everything above that number: nothing is missed, and nothing comes twice.
        var follower = _follower!;
        _follower = null;
        foreach (var frame in _dialect.Welcome(follower))
        {
            SendText(frame);
        }

        TellAgainAfter(PlaybackChanged.Of(follower.Welcome.Party));
        if (_dialect.ShowsLists)
        {
            _roster = _floor.Rosters.Enter(Entity, this);
        }

        base.Begin();
    }

    /// <inheritdoc />
    protected override async ValueTask EndAsync()
    {
        if (_roster is not null)
        {
            _floor.Rosters.Leave(Entity, this);
        }

        await base.EndAsync();
        await EndLeadAsync();
        await _reporting;
    }

    /// <inheritdoc />
    protected override void Show(FeedBatch batch)
    {
        var pack = batch.Packed(_dialect.Pack);
        if (pack.Barrier > 0)
        {
            NoteBarrier(pack.Barrier);
        }

        pack.SendTo(Outbox, Member, _own);
        if (pack.ChangesPeople)
        {
            _roster?.NoteChange(batch.Seq);
        }
    }

    /// <inheritdoc />
    protected override void LookAfter(long now)
    {
        base.LookAfter(now);
        if (!Closing)
        {
            TellReport();
        }
    }

    /// <inheritdoc />
    protected override ValueTask OnMessageAsync(ReadOnlySpan<byte> message)
    {
        _messageAt = Time;
        return base.OnMessageAsync(message);
    }

    /// <inheritdoc />
    protected override WatchOrder? Read(ReadOnlySpan<byte> message) => _dialect.Read(message);

    /// <inheritdoc />
    protected override long? NumberOf(ReadOnlySpan<byte> message) => FrameNumber.Find(message);

    /// <inheritdoc />
    protected override bool TryAnswerAtOnce(WatchOrder frame)
    {
        switch (frame.Deed)
        {
            case WatchDeed.Clock:
                SendText(_dialect.Clock(frame.Frame.T0, WatchDialect.Milliseconds(_messageAt), WatchDialect.Milliseconds(Time)));
                return true;
            case WatchDeed.Ping:
                SendText(_dialect.Pong(Time));
                return true;
            case WatchDeed.Report:
                Report(frame);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc />
    protected override bool EndsSession(string code) => code == WatchErrorCodes.GuestTokenInvalid || base.EndsSession(code);

    /// <inheritdoc />
    protected override ApiError InvalidFormat(string? field) => ApiError.Of(RoomErrorCodes.InvalidMessageFormat, field: field);

    /// <inheritdoc />
    protected override void WriteError(FrameError error) => SendText(_dialect.Error(error));

    /// <inheritdoc />
    protected override void WriteAck(long id, long seq) => SendText(_dialect.Ack(new WatchAckFrame(id, seq)));

    // Numbers are unique per named client of a member. Without a name nothing outlives the connection: an account's token is shown by many.
    private static string ScopeOf(string member, string? client) =>
        client is not null ? $"client\n{member}\n{client}" : $"connection\n{Guid.NewGuid()}";
}
