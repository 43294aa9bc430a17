using AkkaParty.Http.Errors;
using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>Asking the watch party, and answering the client.</summary>
internal sealed partial class WatchSession
{
    private async ValueTask AskAsync(WatchOrder order, WatchCommand command)
    {
        var result = default(AskResult);
        _own?.Begin();
        try
        {
            result = await Entity.AskAsync(command, CommandIdOf(order));
            if (result.Outcome != AskOutcome.Replied)
            {
                Refuse(order, result);
                await ShowWithheldAsync();
            }
            else if (result.Reply is MessageTooSoon soon)
            {
                var text = WatchErrors.TextOf(soon.Code);
                SendError(new(429, soon.Code, text, RetryAfter: TimeSpan.FromMilliseconds(soon.RetryAfterMs)), order.Id);
            }
            else
            {
                await AnswerAsync(order, command, result);
            }
        }
        finally
        {
            _own?.End(result.Seq, Outbox);
        }
    }

    private async ValueTask AnswerAsync(WatchOrder order, WatchCommand command, AskResult result)
    {
        // Whoever is not shown their own doing must know when it takes effect; and whoever's command did nothing, that it is so already.
        var tells = (_own is not null && result.Reply is PlaybackChanged)
            || (order.Id is null && result.Reply is WatchReply { ChangedNothing: true });
        if ((order.Id is not null || tells || _own?.Withheld > 0) && !await IsShownAsync(result.Seq))
        {
            Close(CloseCodes.Unavailable, dropPending: false);
            return;
        }

        if ((tells || _own?.Withheld > 0) && await ReadStateAsync(Math.Max(result.Seq, _own?.Withheld ?? 0)) is { } state)
        {
            SendState(state);
        }

        if (order.Id is { } id)
        {
            var said = result.Reply as MessageSaid;
            var added = (command as AddMediaItem)?.Item.ItemId;
            SendText(_dialect.Ack(new WatchAckFrame(id, result.Seq, said?.Message.MessageId, said?.Remaining, added)));
        }
    }

    /// <summary>The same person did something elsewhere while this connection's command was refused.</summary>
    private async ValueTask ShowWithheldAsync()
    {
        if (_own is { Withheld: > 0 and var seq } && await ReadStateAsync(seq) is { } state)
        {
            SendState(state);
        }
    }

    private async ValueTask<PlaybackChanged?> ReadStateAsync(long seqMin)
    {
        var result = await Entity.QueryAsync(new GetPlayback(_actor, Time), seqMin);
        if (result is { Outcome: AskOutcome.Replied, Reply: PlaybackChanged state })
        {
            return state;
        }

        if (result.Retryable)
        {
            Close(CloseCodes.Unavailable, dropPending: false);
        }

        return null;
    }

    private async ValueTask ShowStateAsync(WatchOrder order)
    {
        var result = await Entity.QueryAsync(new GetPlayback(_actor, Time), Seq);
        if (result is { Outcome: AskOutcome.Replied, Reply: PlaybackChanged state })
        {
            SendState(state);
            Acknowledge(order, result.Seq);
        }
        else
        {
            Refuse(order, result);
        }
    }

    // What passes is answered by nobody: so whether they may is asked first.
    private async ValueTask SignalAsync(WatchOrder order, Func<ParticipantView, WatchSignal> make, int? remaining)
    {
        var result = await Entity.QueryAsync(new GetWatchSeat(_actor, Time), Seq);
        if (result is not { Outcome: AskOutcome.Replied, Reply: WatchSeat seat })
        {
            Refuse(order, result);
        }
        else if (seat.Member.Muted)
        {
            SendError(ApiError.Of(WatchErrorCodes.WatchMuted), order.Id);
        }
        else if (!Entity.Signal(make(seat.Member)))
        {
            SendError(new(503, "busy", "The party is busy; try again.", RetryAfter: TimeSpan.FromSeconds(1)), order.Id);
        }
        else if (order.Id is { } id)
        {
            SendText(_dialect.Ack(new WatchAckFrame(id, result.Seq, Remaining: remaining)));
        }
    }
}
