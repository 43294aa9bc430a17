using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.Rooms;

/// <summary>The room as the runtime sees it. The rules are in the deciders; here they are only tied together.</summary>
public sealed class RoomEntity : EntityDefinition<RoomState, RoomCommand, RoomEvent>
{
    /// <inheritdoc />
    public override string Kind => RoomAddress.Kind;

    /// <inheritdoc />
    public override IMessageCodec<RoomEvent> EventCodec { get; } = new JsonTableCodec<RoomEvent>(RoomCodec.Events);

    /// <inheritdoc />
    public override IMessageCodec<object> MessageCodec { get; } = new JsonTableCodec<object>(RoomCodec.Messages);

    /// <inheritdoc />
    public override IMessageCodec<object> ReplyCodec { get; } = new JsonTableCodec<object>(RoomCodec.Replies);

    /// <inheritdoc />
    public override IStateCodec<RoomState> StateCodec { get; } = new RoomStateCodec();

    /// <inheritdoc />
    /// <remarks>A room may hold a thousand items, so that a snapshot costs more than the events of a few votes.</remarks>
    public override SnapshotPolicy SnapshotPolicy => new(500);

    /// <inheritdoc />
    public override TimeSpan PresenceGrace => TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public override bool HasEventView => true;

    /// <inheritdoc />
    public override RoomState Initial(string id) => new() { Id = id };

    /// <inheritdoc />
    public override Decision<RoomEvent> Decide(RoomState state, RoomCommand command)
    {
        var turn = new RoomTurn(state);
        var outcome = RoomDecider.Decide(turn, command);
        if (outcome.Reply is not { } say)
        {
            return Decision<RoomEvent>.Reject(outcome.Code!, outcome.Message!, outcome.Field);
        }

        var reply = say(turn.State);
        return Decision<RoomEvent>.Accept(
            turn.Events, command.Fingerprint is { } fingerprint ? reply with { Fingerprint = fingerprint } : reply);
    }

    /// <inheritdoc />
    public override RoomState Evolve(RoomState state, RoomEvent @event) => RoomEvolution.Evolve(state, @event);

    /// <inheritdoc />
    public override Decision<RoomEvent> Answer(RoomState state, object query) => RoomAnswers.Answer(state, query);

    /// <inheritdoc />
    public override void CheckInvariants(RoomState state) => RoomInvariants.CheckSizes(state);

    /// <inheritdoc />
    public override DateTimeOffset? Deadline(RoomState state) => state.Round?.EndsAt;

    /// <inheritdoc />
    public override RoomCommand OnDeadline(RoomState state, DateTimeOffset due, DateTimeOffset now) => new PassRoomDeadline(now, due);

    /// <inheritdoc />
    public override ReadOnlyMemory<byte>? ViewEvent(RoomEvent @event, long seq, Audience audience) => audience.Name switch
    {
        RoomAddress.SocketAudience => FrameBytes.Of(RoomFrames.Of(@event, seq)),
        RoomAddress.RoomStreamAudience => FrameBytes.Of(RoomStreams.Room(@event, seq)),
        RoomAddress.VotesStreamAudience => FrameBytes.Of(RoomStreams.Votes(@event, seq)),
        RoomAddress.QueueStreamAudience => FrameBytes.Of(RoomStreams.Queue(@event, seq)),
        _ => null,
    };

    /// <inheritdoc />
    public override string? Expels(RoomEvent @event) => @event switch
    {
        MemberRemoved removed => removed.UserId,
        SeatFreed freed => freed.Seat.UserId,
        RoomTokenRevoked { WasLast: true } revoked => revoked.UserId,
        _ => null,
    };

    /// <inheritdoc />
    public override string? Revokes(RoomEvent @event) => @event switch
    {
        RoomTokenRevoked revoked => revoked.TokenHash,
        RoomTokenIssued issued => issued.DroppedTokenHash,
        _ => null,
    };

    /// <inheritdoc />
    /// <remarks>Whoever follows a stream is not present, and so is not found by their user id.</remarks>
    public override bool MayRevoke(RoomEvent @event) => @event is MemberRemoved or SeatFreed;

    /// <inheritdoc />
    public override bool EndsFeed(RoomEvent @event) => @event is RoomDeleted;

    /// <inheritdoc />
    public override bool Accepts(RoomState state, string? member, string credential)
    {
        var holder = member is null ? null : state.Find(member)?.Holder;
        return HasToken(holder, credential)
            || (member is null && (HasToken(state.SeatlessAdmin, credential) || state.Members.Any(m => HasToken(m.Holder, credential))));
    }

    /// <inheritdoc />
    /// <remarks>Whose token holds is asked by <see cref="Accepts"/>; where rooms are open, anybody may follow one that is there.</remarks>
    public override bool MayFollow(RoomState state, string member) => state.Exists;

    /// <inheritdoc />
    public override IReadOnlyCollection<string> ConnectedMembers(RoomState state) => state.Present;

    /// <inheritdoc />
    public override RoomCommand? OnPresence(RoomState state, string member, bool connected, DateTimeOffset at) =>
        state.Exists ? new SetRoomPresence(at, member, connected) : null;

    private static bool HasToken(RoomHolder? holder, string credential) =>
        holder is not null && holder.Tokens.Any(token => token.Hash == credential);
}
