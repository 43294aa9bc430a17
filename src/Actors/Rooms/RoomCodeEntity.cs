using System.Diagnostics;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.Rooms;

/// <summary>A code.</summary>
/// <param name="OwnerId">The room or watch party that has it; null while none has.</param>
public sealed record RoomCodeState(string? OwnerId);

/// <summary>A code as the runtime sees it: claimed once, by one room or watch party, for ever.</summary>
public sealed class RoomCodeEntity : EntityDefinition<RoomCodeState, RoomCodeCommand, RoomCodeEvent>
{
    private readonly ErrorRow _notFound;
    private readonly ErrorRow _taken;

    /// <summary>The codes of rooms.</summary>
    public RoomCodeEntity()
        : this(RoomAddress.CodeKind, RoomErrors.Find(RoomErrorCodes.RoomNotFound)!, RoomErrors.Find(RoomErrorCodes.CodeTaken)!)
    {
    }

    private RoomCodeEntity(string kind, ErrorRow notFound, ErrorRow taken)
    {
        Kind = kind;
        _notFound = notFound;
        _taken = taken;
    }

    /// <summary>The invite codes of watch parties: claimed and found with the same messages.</summary>
    /// <returns>The definition.</returns>
    public static RoomCodeEntity OfWatchParties() => new(
        WatchAddress.CodeKind,
        WatchErrors.Find(WatchErrorCodes.WatchPartyNotFound)!.Row,
        WatchErrors.Find(WatchErrorCodes.InviteCodeTaken)!.Row);

    /// <inheritdoc />
    public override string Kind { get; }

    /// <inheritdoc />
    public override IMessageCodec<RoomCodeEvent> EventCodec { get; } = new JsonTableCodec<RoomCodeEvent>(RoomCodec.CodeEvents);

    /// <inheritdoc />
    public override IMessageCodec<object> MessageCodec { get; } = new JsonTableCodec<object>(RoomCodec.CodeMessages);

    /// <inheritdoc />
    public override IMessageCodec<object> ReplyCodec { get; } = new JsonTableCodec<object>(RoomCodec.CodeReplies);

    /// <inheritdoc />
    public override RoomCodeState Initial(string id) => new(OwnerId: null);

    /// <inheritdoc />
    public override Decision<RoomCodeEvent> Decide(RoomCodeState state, RoomCodeCommand command)
    {
        if (command is not ClaimRoomCode claim)
        {
            throw new UnreachableException($"A code does not decide {command.GetType().Name}.");
        }

        if (state.OwnerId is null)
        {
            return Decision<RoomCodeEvent>.Accept(new RoomCodeClaimed(claim.At, claim.OwnerId), new RoomCodeOwner(claim.OwnerId));
        }

        return state.OwnerId == claim.OwnerId
            ? Decision<RoomCodeEvent>.Answer(new RoomCodeOwner(claim.OwnerId))
            : Reject(_taken);
    }

    /// <inheritdoc />
    public override RoomCodeState Evolve(RoomCodeState state, RoomCodeEvent @event) => @event switch
    {
        RoomCodeClaimed claimed => new RoomCodeState(claimed.OwnerId),
        _ => throw new UnreachableException($"A code does not know the event {@event.GetType().Name}."),
    };

    /// <inheritdoc />
    public override Decision<RoomCodeEvent> Answer(RoomCodeState state, object query) => query switch
    {
        FindRoomByCode when state.OwnerId is { } ownerId => Decision<RoomCodeEvent>.Answer(new RoomCodeOwner(ownerId)),
        FindRoomByCode => Reject(_notFound),
        _ => throw new UnreachableException($"A code does not answer {query.GetType().Name}."),
    };

    private static Decision<RoomCodeEvent> Reject(ErrorRow error) =>
        Decision<RoomCodeEvent>.Reject(error.Code, error.Text);
}
