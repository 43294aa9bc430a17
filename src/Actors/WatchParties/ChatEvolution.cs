using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What events do to the chat.</summary>
internal static class ChatEvolution
{
    internal static WatchState Sent(WatchState state, WatchMessageSent e)
    {
        var member = state.Members[e.Message.MemberId];
        var spoke = member.Spoke.Length < WatchLimits.MessagesPerMinute ? member.Spoke : member.Spoke.RemoveAt(0);
        var messages = state.Messages.Count < WatchLimits.MessagesKept ? state.Messages : state.Messages.RemoveAt(0);
        return state with
        {
            Members = state.Members.SetItem(member.Id, member with { Spoke = spoke.Add(e.At) }),
            Messages = messages.Add(e.Message),
            MessageCount = state.MessageCount + 1,
        };
    }

    internal static WatchState Deleted(WatchState state, WatchMessageDeleted e)
    {
        var place = state.Messages.FindIndex(message => message.MessageId == e.MessageId);
        return state with { Messages = state.Messages.SetItem(place, state.Messages[place] with { Text = "", Deleted = true }) };
    }
}
