using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>What must hold of a watch party's events, one after the other, whatever people do.</summary>
internal sealed class WatchLaws
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Barriers end at whole steps of this.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, string?> _banned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _marks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _putOut = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tickets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DateTimeOffset>> _spoke = new(StringComparer.Ordinal);

    /// <summary>Who is banned.</summary>
    internal IReadOnlyCollection<string> Banned => _banned.Keys;

    /// <summary>Takes the next event.</summary>
    /// <param name="before">The party before it.</param>
    /// <param name="event">The event.</param>
    /// <returns>What does not hold; null when everything does.</returns>
    internal string? Broken(WatchState before, WatchEvent @event) =>
        OfAccess(@event) ?? OfTickets(@event) ?? OfChat(@event) ?? OfBarriers(before, @event);

    /// <summary>Whether a move goes on exactly where what held before is by then, or plays anew what was over.</summary>
    internal static bool GoesOn(WatchState before, PlaybackMoved moved)
    {
        var (last, to) = (before.Play.Timeline.Last, moved.Playback);
        var position = last.PositionAt(to.At);
        var isAnew = moved is { Action: PlaybackAction.Play, By: not null } && to.PositionMs == 0 && last.DurationMs <= position;
        return to.ItemId == last.Playback.ItemId && (to.PositionMs == position || isAnew);
    }

    /// <summary>Whether there is exactly one host while anybody has a seat.</summary>
    internal static bool HasItsHost(WatchState state)
    {
        var hosts = state.Members.Values.Where(member => member is { IsSeated: true, Role: WatchRole.Host }).ToList();
        return hosts.Count == (state.Seated.IsEmpty ? 0 : 1) && state.HostId == hosts.SingleOrDefault()?.Id;
    }

    private string? OfAccess(WatchEvent @event)
    {
        switch (@event)
        {
            case ParticipantLeft { Reason: LeaveReason.Banned } e:
                Ban(e.Who.MemberId);
                return null;
            case ParticipantBanned e:
                Ban(e.Who.MemberId);
                return null;
            case ParticipantLeft { Reason: LeaveReason.Kicked } e:
                _putOut.Add(e.Who.MemberId);
                return null;
            case WatchBanLifted e:
                _banned.Remove(e.MemberId);
                _putOut.Remove(e.MemberId);
                return null;
            case AccountInvited e:
                _putOut.Remove(e.Person.MemberId);
                return null;
            case AccessReviewed { Approved: true } e:
                _putOut.Remove(e.MemberId);
                return null;
            case ParticipantJoined e:
                var refusal = Refusal(e.Person.MemberId, e.Mark);
                if (e.Mark is not null)
                {
                    _marks[e.Person.MemberId] = e.Mark;
                }

                return refusal;
            case GuestAccessRequested e:
                return Refusal(e.MemberId, e.Mark);
            case GuestTokenIssued e:
                return Refusal(e.MemberId, null);
            case WatchMessageSent e:
                return Refusal(e.Message.MemberId, null);
            default:
                return null;
        }
    }

    private void Ban(string memberId)
    {
        _banned[memberId] = _marks.GetValueOrDefault(memberId);
        _putOut.Add(memberId);
    }

    private string? Refusal(string memberId, string? mark)
    {
        if (_banned.ContainsKey(memberId))
        {
            return $"{memberId} is banned";
        }

        if (mark is not null && _banned.ContainsValue(mark))
        {
            return $"{memberId} comes with the browser of somebody banned";
        }

        return _putOut.Contains(memberId) ? $"{memberId} was put out, and nobody has let them in again" : null;
    }

    private string? OfTickets(WatchEvent @event)
    {
        switch (@event)
        {
            case WatchTicketIssued e:
                _tickets.Add(e.TicketHash);
                return null;
            case WatchTicketRedeemed e when !_tickets.Remove(e.TicketHash):
                return $"the ticket {e.TicketHash} opens a second connection";
            default:
                return null;
        }
    }

    private string? OfChat(WatchEvent @event)
    {
        if (@event is not WatchMessageSent sent)
        {
            return null;
        }

        var (memberId, at) = (sent.Message.MemberId, sent.At);
        if (!_spoke.TryGetValue(memberId, out var spoke))
        {
            _spoke.Add(memberId, spoke = []);
        }

        spoke.Add(at);
        return spoke.Count(one => one > at - Minute && one <= at) > WatchLimits.MessagesPerMinute
            ? $"{memberId} says more than {WatchLimits.MessagesPerMinute} things in a minute"
            : null;
    }

    private static string? OfBarriers(WatchState before, WatchEvent @event) => @event switch
    {
        BarrierRaised e when e.Barrier.EndsAt - e.At > TimeSpan.FromSeconds(before.Settings.ReadySeconds) + Step =>
            $"the barrier {e.Barrier.BarrierId} takes until {e.Barrier.EndsAt:O}",
        _ when before.Play.Barrier is { } barrier && @event.At > barrier.EndsAt =>
            $"the barrier {barrier.Id} is still up after {barrier.EndsAt:O}",
        _ => null,
    };
}
