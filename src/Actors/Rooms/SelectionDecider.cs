using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>Picking a film, by the room or by hand.</summary>
internal static class SelectionDecider
{
    internal static RoomOutcome Select(RoomTurn turn, SelectItem c, RoomCaller caller)
    {
        if (RoomAccess.AsAdmin(caller, "pick") is { } refusal)
        {
            return refusal;
        }

        var mode = c.Mode ?? turn.State.Settings.SelectionMode;
        if (!Enum.IsDefined(mode))
        {
            return RoomOutcome.Refuse(RoomErrorCodes.SelectionModeInvalid, "mode");
        }

        return RoomSelection.Candidates(turn.State).Any()
            ? Made(turn, RoomSelection.Pick(turn.State, mode, c.Draw), c, caller)
            : RoomOutcome.Refuse(RoomErrorCodes.QueueEmpty);
    }

    internal static RoomOutcome Pick(RoomTurn turn, PickItem c, RoomCaller caller)
    {
        // Whoever had the room pick tells the others over their socket as well: that is no pick by hand.
        if (turn.State.Selections is [.., var last] && last.ItemId == c.ItemId && turn.State.FindItem(c.ItemId) is not null)
        {
            return Selected(last);
        }

        if (RoomAccess.AsAdmin(caller, "pick") is { } refusal)
        {
            return refusal;
        }

        return turn.State.FindItem(c.ItemId)?.Facts switch
        {
            null or { Status: ItemStatus.Removed } => RoomOutcome.Refuse(RoomErrorCodes.ItemNotFound),
            { Status: ItemStatus.Queued } item => Made(turn, RoomSelection.ByHand(item), c, caller),
            _ => RoomOutcome.Refuse(RoomErrorCodes.ItemNotQueued),
        };
    }

    private static RoomOutcome Made(RoomTurn turn, SelectionMade pick, RoomCallerCommand c, RoomCaller caller)
    {
        var made = pick with { At = c.At, Id = turn.NextId, SelectedBy = caller.UserId };
        turn.Raise(made);
        return Selected(made);
    }

    private static RoomOutcome Selected(SelectionMade made) => RoomOutcome.Say(
        state => new ItemSelected(RoomViews.Of(state, made), state.FindItem(made.ItemId)!.Facts.ToView()));
}
