using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.WatchParties;

/// <summary>The watch party as the runtime sees it. The rules are in the deciders; here they are only tied together.</summary>
public sealed class WatchEntity : EntityDefinition<WatchState, WatchCommand, WatchEvent>
{
    /// <inheritdoc />
    public override string Kind => WatchAddress.Kind;

    /// <inheritdoc />
    public override IMessageCodec<WatchEvent> EventCodec { get; } = new JsonTableCodec<WatchEvent>(WatchCodec.Events);

    /// <inheritdoc />
    public override IMessageCodec<object> MessageCodec { get; } = new JsonTableCodec<object>(WatchCodec.Messages);

    /// <inheritdoc />
    public override IMessageCodec<object> ReplyCodec { get; } = new JsonTableCodec<object>(WatchCodec.Replies);

    /// <inheritdoc />
    public override IStateCodec<WatchState> StateCodec { get; } = new WatchStateCodec();

    /// <inheritdoc />
    /// <remarks>A party may have a thousand members, so that a snapshot costs more than the events of a few commands.</remarks>
    public override SnapshotPolicy SnapshotPolicy => new(500);

    /// <inheritdoc />
    public override TimeSpan PresenceGrace => TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public override bool HasEventView => true;

    /// <inheritdoc />
    public override WatchState Initial(string id) => new() { Id = id };

    /// <inheritdoc />
    public override Decision<WatchEvent> Decide(WatchState state, WatchCommand command)
    {
        var turn = new WatchTurn(state);
        var outcome = WatchDecider.Decide(turn, command);
        if (outcome.Reply is not { } say)
        {
            return Decision<WatchEvent>.Reject(outcome.Code!, outcome.Message!, outcome.Field);
        }

        var reply = say(turn.State);
        return Decision<WatchEvent>.Accept(
            turn.Events, command.Fingerprint is { } fingerprint ? reply with { Fingerprint = fingerprint } : reply);
    }

    /// <inheritdoc />
    public override WatchState Evolve(WatchState state, WatchEvent @event) => WatchEvolution.Evolve(state, @event);

    /// <inheritdoc />
    public override Decision<WatchEvent> Answer(WatchState state, object query) => WatchAnswers.Answer(state, query);

    /// <inheritdoc />
    public override void CheckInvariants(WatchState state) => WatchInvariants.CheckSizes(state);

    /// <inheritdoc />
    public override DateTimeOffset? Deadline(WatchState state) => WatchDeadlines.Next(state);

    /// <inheritdoc />
    public override WatchCommand OnDeadline(WatchState state, DateTimeOffset due, DateTimeOffset now) => new PassWatchDeadline(now, due);

    /// <inheritdoc />
    /// <remarks>Whoever was connected to a node that died may never come back: somebody must find out.</remarks>
    public override bool KeepAlive(WatchState state) => !state.Connected.IsEmpty;

    /// <inheritdoc />
    public override ReadOnlyMemory<byte>? ViewEvent(WatchEvent @event, long seq, Audience audience) =>
        WatchFrames.Of(@event, seq, audience);

    /// <inheritdoc />
    /// <remarks>Whoever is muted reacts and types for nobody.</remarks>
    public override ReadOnlyMemory<byte>? ViewSignal(WatchState state, object signal, Audience audience) =>
        signal is WatchSignal passing && state.IsOn && state.FindSeated(passing.MemberId) is { Muted: false }
            ? WatchFrames.OfSignal(state.Id, passing, audience)
            : null;

    /// <inheritdoc />
    public override string? Expels(WatchEvent @event) => (@event as ParticipantLeft)?.Who.MemberId;

    /// <inheritdoc />
    public override string? Revokes(WatchEvent @event) => (@event as GuestTokenIssued)?.DroppedTokenHash;

    /// <inheritdoc />
    public override bool EndsFeed(WatchEvent @event) => @event is WatchPartyEnded or WatchPartyDeleted;

    /// <inheritdoc />
    public override bool Accepts(WatchState state, string? member, string credential) =>
        state.TokenHolders.TryGetValue(credential, out var holder) && (member is null || member == holder);

    /// <inheritdoc />
    public override bool MayFollow(WatchState state, string member) => state.IsOn && state.FindSeated(member) is not null;

    /// <inheritdoc />
    public override IReadOnlyCollection<string> ConnectedMembers(WatchState state) => state.Connected;

    /// <inheritdoc />
    public override WatchCommand? OnPresence(WatchState state, string member, bool connected, DateTimeOffset at) =>
        state.Exists ? new SetWatchPresence(at, member, connected) : null;
}
