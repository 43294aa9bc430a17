using AkkaParty.Http.Errors;
using AkkaParty.Http.Rest;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>What each frame of a client does. All are executed and checked.</summary>
internal sealed partial class WatchSession
{
    private Bucket _typing = new(5, TimeSpan.FromSeconds(1));

    private DateTimeOffset Time => Shared.Time.GetUtcNow();

    /// <inheritdoc />
    protected override ValueTask RunAsync(WatchOrder frame)
    {
        if (frame.Frame.PartyId is { } party && !string.Equals(party, Entity.Id, StringComparison.OrdinalIgnoreCase))
        {
            return Fail(frame, ApiError.Of(WatchErrorCodes.OtherWatchParty, field: "party_id"));
        }

        return frame.Deed switch
        {
            WatchDeed.Play => PlayAsync(frame),
            WatchDeed.Pause => PauseAsync(frame),
            WatchDeed.Seek => SeekAsync(frame),
            WatchDeed.Skip => AskAsync(frame, new SkipItem(Time, _actor, frame.Frame.ItemId) { MeantAt = Meant(frame) }),
            WatchDeed.Rate => RateAsync(frame),
            WatchDeed.AskState => ShowStateAsync(frame),
            WatchDeed.TellState => Fail(frame, ApiError.Of(WatchErrorCodes.StateNotTaken, field: "type")),
            WatchDeed.Chat => ChatAsync(frame),
            WatchDeed.DeleteChat => DeleteChatAsync(frame),
            WatchDeed.AskMessages => ShowMessagesAsync(frame),
            WatchDeed.React => ReactAsync(frame),
            WatchDeed.Typing => TypeAsync(frame),
            WatchDeed.VoteSkip => VoteSkipAsync(frame),
            WatchDeed.AddItem => AddItemAsync(frame),
            WatchDeed.RemoveItem => AboutItem(frame, item => new RemoveMediaItem(Time, _actor, item)),
            WatchDeed.MoveItem => MoveItemAsync(frame),
            WatchDeed.TellDuration => TellDurationAsync(frame),
            WatchDeed.Join => Done(frame),
            WatchDeed.Leave => Leave(frame),
            _ => Fail(frame, ApiError.Of(RoomErrorCodes.UnknownMessageType, field: "type")),
        };
    }

    private async ValueTask PlayAsync(WatchOrder order)
    {
        if (Position(order, out var position))
        {
            await AskAsync(order, new Play(Time, _actor, position) { MeantAt = Meant(order) });
            await NoteDurationAsync(order);
        }
    }

    private async ValueTask PauseAsync(WatchOrder order)
    {
        if (Position(order, out var position))
        {
            await AskAsync(order, new Pause(Time, _actor, position) { MeantAt = Meant(order) });
        }
    }

    private async ValueTask SeekAsync(WatchOrder order)
    {
        if (Position(order, out var position, required: true))
        {
            await AskAsync(order, new Seek(Time, _actor, position!.Value) { MeantAt = Meant(order) });
            await NoteDurationAsync(order);
        }
    }

    private ValueTask RateAsync(WatchOrder order) =>
        ApiError.From(WatchInput.ValidateRate(order.Frame.Rate ?? 0, _dialect.RateField)) is { } invalid
            ? Fail(order, invalid)
            : AskAsync(order, new SetRate(Time, _actor, order.Frame.Rate!.Value) { MeantAt = Meant(order) });

    private ValueTask ChatAsync(WatchOrder order) =>
        ApiError.From(WatchInput.ValidateMessage(order.Frame.Message, _dialect.MessageField)) is { } invalid
            ? Fail(order, invalid)
            : AskAsync(order, new SendWatchMessage(Time, _actor, TextRules.Clean(order.Frame.Message!)));

    private ValueTask DeleteChatAsync(WatchOrder order) => order.Frame.MessageId is { Length: > 0 and <= 100 } message
        ? AskAsync(order, new DeleteWatchMessage(Time, _actor, message))
        : Fail(order, ApiError.Of(WatchErrorCodes.MessageNotFound, field: "message_id"));

    private async ValueTask ShowMessagesAsync(WatchOrder order)
    {
        var upTo = order.Frame.UpToMs;
        if (upTo is not null && ApiError.From(WatchInput.ValidatePosition(Whole(upTo.Value), "up_to_ms")) is { } invalid)
        {
            SendError(invalid, order.Id);
            return;
        }

        var query = new ListMessages(_actor, Time, upTo is null ? null : Whole(upTo.Value), order.Frame.ItemId);
        var result = await Entity.QueryAsync(query, Seq);
        if (result is { Outcome: AskOutcome.Replied, Reply: MessageList list })
        {
            SendText(_dialect.Messages(Entity.Id, list.Messages, order));
        }
        else
        {
            Refuse(order, result);
        }
    }

    private async ValueTask ReactAsync(WatchOrder order)
    {
        if (ApiError.From(WatchInput.ValidateEmoji(order.Frame.Emoji)) is { } invalid)
        {
            SendError(invalid, order.Id);
            return;
        }

        var (remaining, retryAfter) = _floor.Reactions.Take(Member);
        if (retryAfter is { } wait)
        {
            SendError(
                new(429, "rate_limited", $"at most {WatchLimits.ReactionsPerMinute} reactions a minute", RetryAfter: wait), order.Id);
            return;
        }

        var seconds = order.Frame.VideoTimestamp;
        long? position = order.Frame.PositionMs is { } exact ? Whole(exact) : seconds is null ? null : Whole(seconds.Value * 1000);
        await SignalAsync(
            order,
            me => new ReactionSignal(Member, me.Name, Time, TextRules.Clean(order.Frame.Emoji!), position is >= 0 ? position : null),
            remaining);
    }

    private ValueTask TypeAsync(WatchOrder order) => _typing.TryTake(Shared.Time, out var wait)
        ? SignalAsync(order, me => new TypingSignal(Member, me.Name, Time, order.Frame.IsTyping ?? true), null)
        : Fail(order, new(429, "rate_limited", "Say less often that you write", RetryAfter: wait));

    private ValueTask VoteSkipAsync(WatchOrder order) =>
        AboutItem(order, item => new VoteToSkip(Time, _actor, item, order.Frame.Skip ?? true));

    private ValueTask AddItemAsync(WatchOrder order)
    {
        var input = order.Frame.Item ?? new();
        var item = new MediaItem(
            NewItemId(order),
            TextRules.Clean(input.Title ?? string.Empty),
            input.Url,
            input.MediaId,
            input.TmdbId,
            input.PosterUrl,
            input.DurationMs is { } duration ? Whole(duration) : null);
        return ApiError.From(WatchInput.Validate(item, "item.")) is { } invalid ? Fail(order, invalid)
            : order.Frame.Place < 0 ? Fail(order, ApiError.Of(WatchErrorCodes.PlaceInvalid, field: "place"))
            : AskAsync(order, new AddMediaItem(Time, _actor, item, order.Frame.Place));
    }

    // A frame that is sent again is told of the item that it added the first time.
    private string NewItemId(WatchOrder order)
    {
        var id = CommandIdOf(order) is { } command
            ? IdempotencyKey.IdOf($"item\n{Entity.Id}\n{command.Session}\n{command.Number}")
            : Guid.CreateVersion7(Time);
        return id.ToString("D");
    }

    private ValueTask MoveItemAsync(WatchOrder order) => order.Frame.Place is >= 0 and var place
        ? AboutItem(order, item => new MoveMediaItem(Time, _actor, item, place))
        : Fail(order, ApiError.Of(WatchErrorCodes.PlaceInvalid, field: "place"));

    private ValueTask TellDurationAsync(WatchOrder order)
    {
        var duration = Whole(order.Frame.DurationMs ?? 0);
        return ApiError.From(WatchInput.ValidateDuration(duration, "duration_ms")) is { } invalid
            ? Fail(order, invalid)
            : AboutItem(order, item => new NoteDuration(Time, _actor, item, duration));
    }

    /// <summary>Clients of the rooms dialect say with what they do how long the film is; it helps as long as nobody knew.</summary>
    private async ValueTask NoteDurationAsync(WatchOrder order)
    {
        if (order.Frame.DurationMs is not { } duration || WatchInput.ValidateDuration(Whole(duration)) is not null)
        {
            return;
        }

        var result = await Entity.QueryAsync(new GetPlayback(_actor, Time), Seq);
        if (result is { Reply: PlaybackChanged { DurationMs: null, Playback.ItemId: { } item } })
        {
            await Entity.AskAsync(new NoteDuration(Time, _actor, item, Whole(duration)));
        }
    }

    private ValueTask Done(WatchOrder order)
    {
        Acknowledge(order, Seq);
        return ValueTask.CompletedTask;
    }

    private ValueTask Leave(WatchOrder order)
    {
        Acknowledge(order, Seq);
        Close(CloseCodes.Normal, dropPending: false);
        return ValueTask.CompletedTask;
    }

    private ValueTask AboutItem(WatchOrder order, Func<string, WatchCommand> command) =>
        Guid.TryParseExact(order.Frame.ItemId, "D", out var item)
            ? AskAsync(order, command(item.ToString("D")))
            : Fail(order, ApiError.Of(WatchErrorCodes.MediaItemNotFound, field: "item_id"));

    private bool Position(WatchOrder order, out long? position, bool required = false)
    {
        position = order.Frame.PositionMs is { } exact ? Whole(exact) : required ? -1 : null;
        if (position is null || ApiError.From(WatchInput.ValidatePosition(position.Value, _dialect.PositionField)) is not { } invalid)
        {
            return true;
        }

        SendError(invalid, order.Id);
        return false;
    }

    private static DateTimeOffset? Meant(WatchOrder order) => MeantTime.Read(order.Frame.Timestamp);

    // Beyond what fits is beyond every limit as well.
    private static long Whole(double milliseconds) => (long)Math.Clamp(Math.Round(milliseconds), long.MinValue / 2, long.MaxValue / 2);
}
