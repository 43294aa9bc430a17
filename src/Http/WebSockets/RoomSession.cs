using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>A user's connection to a room: the dialect of WatchQueue, with its additions.</summary>
internal sealed partial class RoomSession : EntitySession<RoomClientFrame>
{
    private static readonly Audience Sockets = new(RoomAddress.SocketAudience);
    private static readonly RoomJsonContext Json = RoomJsonContext.Wire;

    private readonly RoomActor _actor;
    private readonly RoomBeat _beat;
    private readonly OpenedSeats _seats;
    private RoomFollower? _follower;
    private long _messageAt;
    private long _beatAt;

    /// <summary>Makes the session of a recognised user.</summary>
    /// <param name="context">The upgraded request.</param>
    /// <param name="stream">Its raw stream.</param>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="beat">What every socket is told from time to time.</param>
    /// <param name="seats">Gives out tickets to the watch parties of what is watched.</param>
    /// <param name="follower">Who it is, and from where on they follow.</param>
    /// <param name="client">The client's own name for itself, so that its frame numbers survive a reconnection; null for none.</param>
    public RoomSession(
        HttpContext context,
        Stream stream,
        ConnectionServices shared,
        RoomBeat beat,
        OpenedSeats seats,
        RoomFollower follower,
        string? client)
        : base(context, stream, shared, follower.Lifetime, follower.Caller.Room, ScopeOf(follower.Caller.Actor, client), follower.Since)
    {
        _actor = follower.Caller.Actor;
        _beat = beat;
        _seats = seats;
        _follower = follower;
        _messageAt = Now;
        _beatAt = Now + beat.Every;
    }

    /// <inheritdoc />
    public override string? Member => _actor.UserId;

    /// <inheritdoc />
    public override string? Credential => _actor.TokenHash;

    /// <inheritdoc />
    protected override Audience Audience => Sockets;

    /// <summary>Some events concern nobody's screen, such as a new token.</summary>
    protected override bool ShowsEveryChange => false;

    /// <inheritdoc />
    protected override void Begin()
    {
        // Who is there as of a number, and then everything above that number: nothing is missed, and nothing comes twice.
        var follower = _follower!;
        _follower = null;
        Send(Presence(follower.Present) with { Resumed = follower.Resumed }, Json.PresenceFrame);
        base.Begin();
    }

    /// <inheritdoc />
    protected override OpenedSeats Seats => _seats;

    /// <inheritdoc />
    protected override void Show(FeedBatch batch)
    {
        var pack = batch.Packed(RoomFramesPack.Pack);
        pack.SendTo(Outbox, Member);
        ShowOpened(pack.Opened);
    }

    /// <inheritdoc />
    protected override void WriteTicket(SeatTicket ticket) => Send(
        new RoomWatchTicketFrame(ticket.WatchPartyId, ticket.InviteCode, ticket.Ticket, ticket.ExpiresIn, ticket.Url),
        Json.RoomWatchTicketFrame);

    /// <inheritdoc />
    protected override void LookAfter(long now)
    {
        base.LookAfter(now);
        if (now < _beatAt || Closing)
        {
            return;
        }

        _beatAt = now + _beat.Every;
        Outbox.Send(_beat.Heartbeat(now));
        if (now - Volatile.Read(ref _messageAt) >= 2 * _beat.Every)
        {
            Outbox.Send(_beat.Ping);
        }
    }

    /// <inheritdoc />
    protected override ValueTask OnMessageAsync(ReadOnlySpan<byte> message)
    {
        Volatile.Write(ref _messageAt, Now);
        return base.OnMessageAsync(message);
    }

    /// <inheritdoc />
    protected override RoomClientFrame? Read(ReadOnlySpan<byte> message) => JsonSerializer.Deserialize(message, Json.RoomClientFrame);

    /// <inheritdoc />
    protected override long? NumberOf(ReadOnlySpan<byte> message) => FrameNumber.Find(message);

    /// <inheritdoc />
    protected override bool TryAnswerAtOnce(RoomClientFrame frame) => frame.Type == RoomClientFrameTypes.Pong;

    /// <inheritdoc />
    protected override ApiError InvalidFormat(string? field) => ApiError.Of(RoomErrorCodes.InvalidMessageFormat, field: field);

    /// <inheritdoc />
    protected override void WriteError(FrameError error) => Send(
        new RoomErrorFrame(
            error.Error, error.Detail ?? error.Error, error.Code, error.Retryable, error.Field, error.Id, error.RetryAfterMs),
        Json.RoomErrorFrame);

    /// <inheritdoc />
    protected override void WriteAck(long id, long seq) => Send(new RoomAckFrame(id, seq), Json.RoomAckFrame);

    // Numbers are unique per named client of a user, or per token when the client has no name. Where there is neither, nothing outlives
    // the connection.
    private static string ScopeOf(RoomActor actor, string? client) => client is not null
        ? $"client\n{actor.UserId}\n{client}"
        : actor.TokenHash is { } token ? $"token\n{token}" : $"connection\n{Guid.NewGuid()}";

    private PresenceFrame Presence(PresentMembers present)
    {
        // Their own coming may not be stored yet, but they are there.
        var users = _actor.UserId is { } user && !present.Users.Contains(user, StringComparer.Ordinal)
            ? [.. present.Users, user]
            : present.Users;
        return new PresenceFrame(users, Shared.Time.GetUtcNow(), present.Seq);
    }

    private void Send<T>(T frame, JsonTypeInfo<T> shape) => SendText(JsonSerializer.SerializeToUtf8Bytes(frame, shape));
}
