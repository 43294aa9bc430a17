using System.Globalization;
using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What people say to one another.</summary>
internal static class ChatDecider
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    internal static WatchOutcome Send(WatchTurn turn, SendWatchMessage c, WatchCaller caller)
    {
        if (!caller.IsSeated)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.NotAParticipant);
        }

        var (state, member) = (turn.State, caller.Member!);
        if (member.Muted)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchMuted);
        }

        if (WatchInput.ValidateMessage(c.Text) is { } error)
        {
            return WatchOutcome.Refuse(error)!;
        }

        var within = member.Spoke.Count(at => at > c.At - Window);
        if (TooSoon(state, member, within, c.At) is { } wait)
        {
            return WatchOutcome.Say(_ => wait);
        }

        var now = state.Play.At(c.At);
        var message = new ChatMessage(
            (state.MessageCount + 1).ToString(CultureInfo.InvariantCulture),
            member.Id,
            member.Person.Name,
            TextRules.Clean(c.Text),
            c.At,
            now.ItemId,
            state.Play.PositionAt(c.At),
            Deleted: false);
        turn.Raise(new WatchMessageSent(c.At, message, member.Role, member.Person.AvatarUrl));
        return WatchOutcome.Say(_ => new MessageSaid(message, WatchLimits.MessagesPerMinute - within - 1));
    }

    internal static WatchOutcome Delete(WatchTurn turn, DeleteWatchMessage c, WatchCaller caller)
    {
        if (!caller.IsSeated && !caller.IsAdmin)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.NotAParticipant);
        }

        if (turn.State.Messages.Find(message => message.MessageId == c.MessageId) is not { } found)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.MessageNotFound);
        }

        if (found.MemberId != caller.MemberId && !caller.IsCoHost)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchCoHostOnly);
        }

        if (!found.Deleted)
        {
            turn.Raise(new WatchMessageDeleted(c.At, found.MessageId, found.MemberId, caller.By));
        }

        return WatchOutcome.Done;
    }

    private static MessageTooSoon? TooSoon(WatchState state, WatchMember member, int within, DateTimeOffset at)
    {
        if (within >= WatchLimits.MessagesPerMinute)
        {
            return new MessageTooSoon(WatchErrorCodes.ChatTooFast, Wait(member.Spoke[^within] + Window, at), Remaining: 0);
        }

        if (state.Settings.SlowModeSeconds > 0 && member.Role == WatchRole.Viewer && member.Spoke is [.., var last])
        {
            var next = last.AddSeconds(state.Settings.SlowModeSeconds);
            if (next > at)
            {
                return new MessageTooSoon(WatchErrorCodes.ChatSlowMode, Wait(next, at), WatchLimits.MessagesPerMinute - within);
            }
        }

        return null;
    }

    private static int Wait(DateTimeOffset until, DateTimeOffset at) => Math.Max(1, (int)Math.Ceiling((until - at).TotalMilliseconds));
}
