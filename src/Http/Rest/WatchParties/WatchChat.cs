using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>Chat over REST.</summary>
internal static class WatchChat
{
    /// <summary>Makes the question for messages.</summary>
    /// <param name="call">The call; <c>up_to_ms</c> and <c>item_id</c> of its query keep what comes later back.</param>
    /// <returns>The question.</returns>
    public static WatchQuery Question(WatchCall call)
    {
        var upTo = call.Inputs.Query.Integer("up_to_ms", 0, WatchInputLimits.PositionMsMax);
        return new ListMessages(call.Actor, call.At, upTo, call.Inputs.Query.Text("item_id", WatchInputs.TitleMax));
    }

    /// <summary>Makes the command for a message.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The command.</returns>
    public static WatchCommand Message(WatchCall call)
    {
        var text = call.Inputs.Body.Text("message", WatchLimits.MessageLengthMax, isRequired: true, isProse: true);
        return new SendWatchMessage(call.At, call.Actor, text ?? string.Empty);
    }
}
