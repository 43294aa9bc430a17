using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Rest;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>A participant's connection to a party: the dialect of ReelChoice, with its additions.</summary>
internal sealed partial class PartySession : EntitySession<ClientFrame>
{
    private static readonly Audience Members = new(PartyAddress.MemberAudience);
    private static readonly PartyJsonContext Json = ClientJson.Wire;

    private readonly FilmLookup _films;
    private readonly Caller _caller;
    private readonly OpenedSeats _seats;

    /// <summary>Makes the session of a recognised participant.</summary>
    /// <param name="context">The upgraded request.</param>
    /// <param name="stream">Its raw stream.</param>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="films">The catalogue.</param>
    /// <param name="seats">Gives out tickets to the watch party of what was decided on.</param>
    /// <param name="caller">Who it is.</param>
    /// <param name="client">The client's own name for itself, so that its frame numbers survive a reconnection; null for none.</param>
    /// <param name="since">The last sequence number the client has.</param>
    public PartySession(
        HttpContext context,
        Stream stream,
        ConnectionServices shared,
        FilmLookup films,
        OpenedSeats seats,
        PartyCaller caller,
        string? client,
        long? since)
        : base(
            context,
            stream,
            shared,
            caller.Member!.ExpiresAt - shared.Time.GetUtcNow(),
            caller.Party,
            ScopeOf(caller.Caller, client),
            since)
    {
        _films = films;
        _seats = seats;
        _caller = caller.Caller;
    }

    /// <inheritdoc />
    public override string? Member => _caller.UserId;

    /// <inheritdoc />
    public override string? Credential => _caller.TokenHash;

    /// <inheritdoc />
    protected override Audience Audience => Members;

    /// <inheritdoc />
    protected override OpenedSeats Seats => _seats;

    /// <inheritdoc />
    protected override void Show(FeedBatch batch)
    {
        var pack = batch.Packed(PartyFramesPack.Pack);
        Outbox.Send(pack.Frames);
        ShowOpened(pack.Opened);
    }

    /// <inheritdoc />
    protected override void WriteTicket(SeatTicket ticket) => Send(
        new WatchTicketFrame(
            new WatchTicketPayload(ticket.WatchPartyId, ticket.InviteCode, ticket.Ticket, ticket.ExpiresIn, ticket.Url)),
        Json.WatchTicketFrame);

    /// <inheritdoc />
    protected override ClientFrame? Read(ReadOnlySpan<byte> message) => JsonSerializer.Deserialize(message, Json.ClientFrame);

    /// <inheritdoc />
    protected override bool TryAnswerAtOnce(ClientFrame frame)
    {
        if (frame.Type != ClientFrameTypes.Ping)
        {
            return false;
        }

        Send(PongFrame.Of(Shared.Time.GetUtcNow().ToUnixTimeSeconds()), Json.PongFrame);
        return true;
    }

    /// <inheritdoc />
    protected override ApiError InvalidFormat(string? field) => ApiError.Of(PartyErrorCodes.InvalidMessageFormat, field: field);

    /// <inheritdoc />
    protected override void WriteError(FrameError error) => Send(
        new ErrorFrame(new ErrorPayload(error.Error, error.Code, error.Retryable, error.Field, error.Id, error.RetryAfterMs)),
        Json.ErrorFrame);

    /// <inheritdoc />
    protected override void WriteAck(long id, long seq) => Send(new AckFrame(new AckPayload(id, seq)), Json.AckFrame);

    /// <inheritdoc />
    protected override async ValueTask OnNothingChangedAsync()
    {
        // No update comes of itself; a client that waits for one gets the state once more.
        var (view, _) = await PartyAnswer.ReadAsync(Entity, Seq);
        if (view is not null)
        {
            Send(new PartyUpdateFrame(new PartyUpdatePayload(view), view.Seq), Json.PartyUpdateFrame);
        }
    }

    // Numbers are unique per named client of a participant, or per token when the client has no name.
    private static string ScopeOf(Caller caller, string? client) =>
        client is null ? $"token\n{caller.TokenHash}" : $"client\n{caller.UserId}\n{client}";

    private void Send<T>(T frame, JsonTypeInfo<T> shape) => SendText(JsonSerializer.SerializeToUtf8Bytes(frame, shape));
}
