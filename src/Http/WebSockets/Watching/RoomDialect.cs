using System.Text.Json;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>The dialect of <c>/ws/room/{roomID}</c>: <c>type</c> and <c>payload</c>, everything to all but the sender.</summary>
internal sealed class RoomDialect : WatchDialect
{
    private static readonly Func<FeedBatch, WatchFramesPack> Packs = static batch => WatchFramesPack.Make(batch, Judge);

    /// <inheritdoc />
    public override Audience Audience { get; } = new(WatchAddress.RoomSocketAudience);

    /// <inheritdoc />
    public override Func<FeedBatch, WatchFramesPack> Pack => Packs;

    /// <inheritdoc />
    public override bool SparesSender => true;

    /// <inheritdoc />
    public override bool ShowsLists => true;

    /// <inheritdoc />
    public override string PositionField => "current_time";

    /// <inheritdoc />
    public override string MessageField => "chat_message";

    /// <inheritdoc />
    public override string RateField => "playback_rate";

    /// <inheritdoc />
    public override WatchOrder? Read(ReadOnlySpan<byte> message)
    {
        if (JsonSerializer.Deserialize(message, Json.SyncClientFrame) is not { } frame)
        {
            return null;
        }

        var read = frame.Action is { } action ? ActionOf(action, frame.Data ?? new()) : TypeOf(frame);
        return read with { Id = frame.Id, Frame = read.Frame with { Timestamp = frame.Timestamp ?? read.Frame.Timestamp } };
    }

    /// <inheritdoc />
    public override IEnumerable<byte[]> Welcome(WatchFollower follower)
    {
        var (party, whole) = (follower.Welcome.Party, follower.Resumed != true);
        var state = RoomStateShown.Of(party.Id, PlaybackChanged.Of(party));
        state = state with
        {
            Item = ItemOf(party),
            Resumed = follower.Resumed,
            You = SeatOf(follower, WordOf(follower.Welcome.Member.Role)),
            Room = WatchPartyShown.Of(party),
            Items = whole ? party.Items : null,
            Messages = whole && follower.WithMessages ? follower.Welcome.Messages : null,
            SkipVotes = party.SkipVotes,
        };
        yield return Write(new(SyncAnswerTypes.State, state, party.Seq), Json.SyncAnswerFrameRoomStateShown);
        yield return Participants(new ParticipantList(PeopleOf(follower), party.Seq));
    }

    /// <inheritdoc />
    public override byte[] State(string partyId, PlaybackChanged state) =>
        Write(new(SyncAnswerTypes.State, RoomStateShown.Of(partyId, state), state.Seq), Json.SyncAnswerFrameRoomStateShown);

    /// <inheritdoc />
    public override byte[] Participants(ParticipantList list) => Write(
        new(SyncAnswerTypes.Participants, [.. list.Participants.Select(RoomParticipantShown.Of)], list.Seq),
        Json.SyncAnswerFrameIReadOnlyListRoomParticipantShown);

    /// <inheritdoc />
    public override byte[] Messages(string partyId, IReadOnlyList<ChatMessage> messages, WatchOrder order) => Write(
        new(SyncAnswerTypes.Messages, new SyncMessagesShown(messages, order.Frame.UpToMs, order.Id)),
        Json.SyncAnswerFrameSyncMessagesShown);

    /// <inheritdoc />
    public override byte[] Ack(WatchAckFrame ack) => Write(
        new(SyncAnswerTypes.Ack, new SyncAckShown(ack.Id, ack.MessageId, ack.Remaining, ack.ItemId), ack.Seq),
        Json.SyncAnswerFrameSyncAckShown);

    /// <inheritdoc />
    public override byte[] Error(FrameError error)
    {
        var text = WatchErrors.Find(error.Code) is { } row && row.Row.Text == error.Error ? row.RoomText : error.Error;
        return Write(
            new(
                SyncAnswerTypes.Error,
                new SyncErrorShown(error.Code, text, text, error.Retryable, error.Field, error.Id, error.RetryAfterMs)),
            Json.SyncAnswerFrameSyncErrorShown);
    }

    /// <inheritdoc />
    public override byte[] Clock(double? t0, double t1, double t2) =>
        Write(new(SyncAnswerTypes.Clock, new SyncClockShown(t0, t1, t2)), Json.SyncAnswerFrameSyncClockShown);

    /// <inheritdoc />
    public override byte[] Pong(DateTimeOffset now) =>
        Write(new(SyncAnswerTypes.Pong, new SyncPongShown(now)), Json.SyncAnswerFrameSyncPongShown);

    private static WatchOrder ActionOf(string action, SyncClientData data)
    {
        var deed = action switch
        {
            SyncActions.Join => WatchDeed.Join,
            SyncActions.Leave => WatchDeed.Leave,
            SyncActions.Buffering or SyncActions.Ready => WatchDeed.Report,
            SyncActions.Play or SyncActions.Pause or SyncActions.Seek or SyncActions.Chat => DeedOf(action),
            WatchClientFrameTypes.Skip or WatchClientFrameTypes.Rate => DeedOf(action),
            _ => WatchDeed.Unknown,
        };

        // Playing or pausing at 0 says that the client does not know where it is; going to 0 means 0.
        var position = data.PositionMs ?? (data.CurrentTime > 0 || deed == WatchDeed.Seek ? data.CurrentTime * 1000 : null);
        var status = action switch
        {
            SyncActions.Ready => "ready",
            SyncActions.Buffering => data.IsBuffering == false ? "online" : "buffering",
            _ => null,
        };
        var frame = new WatchClientFrame
        {
            PositionMs = position,
            ItemId = data.ItemId,
            Rate = data.PlaybackRate,
            Message = data.ChatMessage,
            DurationMs = data.Duration > 0 ? data.Duration * 1000 : null,
            Status = status,
            Barrier = data.Barrier,
        };
        return new(action, deed, frame, null);
    }

    private static WatchOrder TypeOf(SyncClientFrame frame) => frame.Type switch
    {
        SyncClientFrameTypes.RequestState => new(frame.Type, WatchDeed.AskState, new(), null),
        SyncClientFrameTypes.ProvideState => new(frame.Type, WatchDeed.TellState, new(), null),
        _ => new(frame.Type, DeedOf(frame.Type), frame.Payload ?? new(), null),
    };

    private static string WordOf(WatchRole role) => role switch
    {
        WatchRole.Host => "host",
        WatchRole.CoHost => "co_host",
        _ => "viewer",
    };

    private static FrameFacts Judge(ReadOnlyMemory<byte> frame)
    {
        var members = FrameMembers.Read(frame.Span, "payload"u8);
        return (members.Type, members.Action) switch
        {
            (SyncEventTypes.Sync, SyncEventActions.Join or SyncEventActions.Leave) => new(members.UserId, OwnFrame.Movement, true),
            (SyncEventTypes.Sync, SyncEventActions.Chat) => new(members.UserId, OwnFrame.Chat, false),
            (SyncEventTypes.Sync, _) => new(members.UserId, OwnFrame.Deed, false),
            (SyncEventTypes.Barrier, _) => new(null, OwnFrame.None, false, members.RaisedBarrier),
            (SyncEventTypes.HostChanged, _) => new(null, OwnFrame.None, true),
            (SyncEventTypes.Participant, not "status") => new(null, OwnFrame.None, true),
            _ => default,
        };
    }
}
