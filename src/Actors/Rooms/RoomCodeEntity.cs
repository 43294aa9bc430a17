using System.Diagnostics;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.Rooms;

/// <summary>A room's code.</summary>
/// <param name="RoomId">The room that has it; null while none has.</param>
public sealed record RoomCodeState(string? RoomId);

/// <summary>A room's code as the runtime sees it: claimed once, by one room, for ever.</summary>
public sealed class RoomCodeEntity : EntityDefinition<RoomCodeState, RoomCodeCommand, RoomCodeEvent>
{
    /// <inheritdoc />
    public override string Kind => RoomAddress.CodeKind;

    /// <inheritdoc />
    public override IMessageCodec<RoomCodeEvent> EventCodec { get; } = new JsonTableCodec<RoomCodeEvent>(RoomCodec.CodeEvents);

    /// <inheritdoc />
    public override IMessageCodec<object> MessageCodec { get; } = new JsonTableCodec<object>(RoomCodec.CodeMessages);

    /// <inheritdoc />
    public override IMessageCodec<object> ReplyCodec { get; } = new JsonTableCodec<object>(RoomCodec.CodeReplies);

    /// <inheritdoc />
    public override RoomCodeState Initial(string id) => new(RoomId: null);

    /// <inheritdoc />
    public override Decision<RoomCodeEvent> Decide(RoomCodeState state, RoomCodeCommand command)
    {
        if (command is not ClaimRoomCode claim)
        {
            throw new UnreachableException($"A room's code does not decide {command.GetType().Name}.");
        }

        if (state.RoomId is null)
        {
            return Decision<RoomCodeEvent>.Accept(new RoomCodeClaimed(claim.At, claim.RoomId), new RoomCodeOwner(claim.RoomId));
        }

        return state.RoomId == claim.RoomId
            ? Decision<RoomCodeEvent>.Answer(new RoomCodeOwner(claim.RoomId))
            : Reject(RoomErrorCodes.CodeTaken);
    }

    /// <inheritdoc />
    public override RoomCodeState Evolve(RoomCodeState state, RoomCodeEvent @event) => @event switch
    {
        RoomCodeClaimed claimed => new RoomCodeState(claimed.RoomId),
        _ => throw new UnreachableException($"A room's code does not know the event {@event.GetType().Name}."),
    };

    /// <inheritdoc />
    public override Decision<RoomCodeEvent> Answer(RoomCodeState state, object query) => query switch
    {
        FindRoomByCode when state.RoomId is { } roomId => Decision<RoomCodeEvent>.Answer(new RoomCodeOwner(roomId)),
        FindRoomByCode => Reject(RoomErrorCodes.RoomNotFound),
        _ => throw new UnreachableException($"A room's code does not answer {query.GetType().Name}."),
    };

    private static Decision<RoomCodeEvent> Reject(string code) =>
        Decision<RoomCodeEvent>.Reject(code, RoomErrors.TextOf(code));
}
