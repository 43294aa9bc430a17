using System.Diagnostics;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.Parties;

/// <summary>The party as the runtime sees it. The rules are in the deciders; here they are only tied together.</summary>
public sealed class PartyEntity : EntityDefinition<PartyState, PartyCommand, PartyEvent>
{
    /// <inheritdoc />
    public override string Kind => PartyAddress.Kind;

    /// <inheritdoc />
    public override IMessageCodec<PartyEvent> EventCodec { get; } = new JsonTableCodec<PartyEvent>(PartyCodec.Events);

    /// <inheritdoc />
    public override IMessageCodec<object> MessageCodec { get; } = new JsonTableCodec<object>(PartyCodec.Messages);

    /// <inheritdoc />
    public override IMessageCodec<object> ReplyCodec { get; } = new JsonTableCodec<object>(PartyCodec.Replies);

    /// <inheritdoc />
    public override IStateCodec<PartyState> StateCodec { get; } = new PartyStateCodec();

    /// <inheritdoc />
    public override bool HasStateView => true;

    /// <inheritdoc />
    public override PartyState Initial(string id) => new() { Id = id };

    /// <inheritdoc />
    public override Decision<PartyEvent> Decide(PartyState state, PartyCommand command)
    {
        var turn = new PartyTurn(state);
        return PartyDecider.Decide(turn, command) is { } refusal
            ? Decision<PartyEvent>.Reject(refusal.Code, refusal.Message, refusal.Field)
            : Decision<PartyEvent>.Accept(turn.Events, PartyDecider.Reply(turn.State, command));
    }

    /// <inheritdoc />
    public override PartyState Evolve(PartyState state, PartyEvent @event) => PartyEvolution.Evolve(state, @event);

    /// <inheritdoc />
    public override Decision<PartyEvent> Answer(PartyState state, object query)
    {
        if (!state.Exists)
        {
            return Reject(PartyErrorCodes.PartyNotFound);
        }

        return query switch
        {
            GetParty => Decision<PartyEvent>.Answer(PartyViews.View(state)),
            AuthenticateCaller q => Authenticate(state, q),
            GetOwnBallot q => PartyDecider.Authenticate(state, q.Caller, q.At) is null
                ? Reject(PartyErrorCodes.InvalidToken)
                : Decision<PartyEvent>.Answer(new OwnBallot(state.BallotOf(q.Caller.UserId)?.Ranks.ToArray())),
            _ => throw new UnreachableException($"A party does not answer {query.GetType().Name}."),
        };
    }

    /// <inheritdoc />
    public override void CheckInvariants(PartyState state) => PartyInvariants.Check(state);

    /// <inheritdoc />
    public override DateTimeOffset? Deadline(PartyState state) => PartyDeadlines.Next(state);

    /// <inheritdoc />
    public override PartyCommand OnDeadline(PartyState state, DateTimeOffset due, DateTimeOffset now) => new PassDeadline(now, due);

    /// <inheritdoc />
    public override ReadOnlyMemory<byte>? ViewState(PartyState state, long seq, Audience audience) =>
        audience.Name == PartyAddress.MemberAudience && state.Exists ? PartyViews.UpdateFrame(state, seq) : (ReadOnlyMemory<byte>?)null;

    /// <inheritdoc />
    public override ReadOnlyMemory<byte>? ViewSignal(PartyState state, object signal, Audience audience) =>
        audience.Name == PartyAddress.MemberAudience && signal is PartyReaction reaction ? PartyViews.ReactionFrame(state, reaction) : null;

    /// <inheritdoc />
    public override string? Expels(PartyEvent @event) => @event switch
    {
        ParticipantLeft left => left.UserId,
        ParticipantRemoved removed => removed.UserId,
        TokenRevoked { WasLast: true } revoked => revoked.UserId,
        _ => null,
    };

    /// <inheritdoc />
    public override string? Revokes(PartyEvent @event) => (@event as TokenRevoked)?.TokenHash;

    /// <inheritdoc />
    public override bool Accepts(PartyState state, string? member, string credential) =>
        member is not null && state.Find(member)?.Tokens.Any(token => token.Hash == credential) == true;

    /// <inheritdoc />
    public override bool MayFollow(PartyState state, string member) => state.Find(member) is not null;

    /// <inheritdoc />
    public override IReadOnlyCollection<string> ConnectedMembers(PartyState state) =>
        [.. state.Participants.Where(p => p.Connected).Select(p => p.Id)];

    /// <inheritdoc />
    public override PartyCommand? OnPresence(PartyState state, string member, bool connected, DateTimeOffset at) =>
        state.Find(member) is null ? null : new SetPresence(at, member, connected);

    private static Decision<PartyEvent> Authenticate(PartyState state, AuthenticateCaller q)
    {
        foreach (var participant in state.Participants)
        {
            if (PartyDecider.TokenOf(participant, q.TokenHash, q.At) is { } token)
            {
                var isHost = participant.Id == state.HostId;
                return Decision<PartyEvent>.Answer(new PartyMember(
                    participant.Id, participant.Username, isHost, token.ExpiresAt, participant.Connected, participant.Away));
            }
        }

        return Reject(PartyErrorCodes.InvalidToken);
    }

    private static Decision<PartyEvent> Reject(string code) => Decision<PartyEvent>.Reject(code, PartyErrors.TextOf(code));
}
