using System.Text.Json;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>The dialect of <c>/api/v1/watch-parties/{id}/ws</c>: flat frames, everything to all.</summary>
internal sealed class PartyDialect : WatchDialect
{
    private static readonly Func<FeedBatch, WatchFramesPack> Packs = static batch => WatchFramesPack.Make(batch, Judge);

    /// <inheritdoc />
    public override Audience Audience { get; } = new(WatchAddress.PartySocketAudience);

    /// <inheritdoc />
    public override Func<FeedBatch, WatchFramesPack> Pack => Packs;

    /// <inheritdoc />
    public override bool SparesSender => false;

    /// <inheritdoc />
    public override bool ShowsLists => false;

    /// <inheritdoc />
    public override string PositionField => "position";

    /// <inheritdoc />
    public override string MessageField => "message";

    /// <inheritdoc />
    public override string RateField => "rate";

    /// <inheritdoc />
    public override WatchOrder? Read(ReadOnlySpan<byte> message)
    {
        if (JsonSerializer.Deserialize(message, Json.WatchClientFrame) is not { } frame)
        {
            return null;
        }

        // Clients of this dialect name the position that they see with every frame; only a seek means it.
        var deed = DeedOf(frame.Type);
        var position = frame.PositionMs ?? (deed == WatchDeed.Seek ? frame.Position * 1000 : null);
        return new(frame.Type, deed, frame with { PositionMs = position, ItemId = frame.ItemId ?? frame.ClipId }, frame.Id);
    }

    /// <inheritdoc />
    public override IEnumerable<byte[]> Welcome(WatchFollower follower)
    {
        var (party, whole) = (follower.Welcome.Party, follower.Resumed != true);
        var frame = SyncOf(party.Id, PlaybackChanged.Of(party));
        yield return Write(
            frame with
            {
                Item = ItemOf(party),
                Resumed = follower.Resumed,
                You = SeatOf(follower, WatchPersonShown.WordOf(follower.Welcome.Member.Role)),
                Party = WatchPartyShown.Of(party),
                Participants = whole ? [.. PeopleOf(follower).Select(WatchParticipantShown.Of)] : null,
                Items = whole ? party.Items : null,
                Messages = whole && follower.WithMessages ? Shown(party.Id, follower.Welcome.Messages) : null,
                SkipVotes = party.SkipVotes,
            },
            Json.WatchSyncFrame);
    }

    /// <inheritdoc />
    public override byte[] State(string partyId, PlaybackChanged state) => Write(SyncOf(partyId, state), Json.WatchSyncFrame);

    /// <inheritdoc />
    public override byte[] Participants(ParticipantList list) =>
        throw new NotSupportedException("This dialect tells of people one by one.");

    /// <inheritdoc />
    public override byte[] Messages(string partyId, IReadOnlyList<ChatMessage> messages, WatchOrder order) =>
        Write(new WatchMessagesFrame(Shown(partyId, messages), order.Frame.UpToMs, order.Id), Json.WatchMessagesFrame);

    /// <inheritdoc />
    public override byte[] Ack(WatchAckFrame ack) => Write(ack, Json.WatchAckFrame);

    /// <inheritdoc />
    public override byte[] Error(FrameError error) => Write(
        new WatchErrorFrame(error.Error, error.Code, error.Retryable, error.Field, error.Id, error.RetryAfterMs), Json.WatchErrorFrame);

    /// <inheritdoc />
    public override byte[] Clock(double? t0, double t1, double t2) => Write(new WatchClockFrame(t0, t1, t2), Json.WatchClockFrame);

    /// <inheritdoc />
    public override byte[] Pong(DateTimeOffset now) => Write(new WatchPongFrame(now.ToUnixTimeSeconds()), Json.WatchPongFrame);

    // Where it is is what is true at this instant; what was announced and has not begun stands beside it.
    private static WatchSyncFrame SyncOf(string partyId, PlaybackChanged state) => new()
    {
        PartyId = partyId,
        ClipId = state.InEffect.ItemId,
        Position = state.PositionMs / 1000,
        IsPlaying = state.IsPlaying,
        ServerTimestamp = state.Now.ToUnixTimeSeconds(),
        Seq = state.Seq,
        PositionMs = state.PositionMs,
        ServerTimeMs = Milliseconds(state.Now),
        Playback = PlaybackShown.Of(state.Playback, state.DurationMs),
        Before = PlaybackShown.Before(state),
        Barrier = state.Barrier,
    };

    private static WatchChatShown[] Shown(string partyId, IReadOnlyList<ChatMessage> messages) =>
        [.. messages.Select(message => WatchChatShown.Of(partyId, message))];

    private static FrameFacts Judge(ReadOnlyMemory<byte> frame)
    {
        var members = FrameMembers.Read(frame.Span, "participant"u8);
        return members.Type switch
        {
            WatchEventTypes.ParticipantJoined or WatchEventTypes.ParticipantLeft => new(members.UserId, OwnFrame.Movement, true),
            WatchEventTypes.Barrier => new(null, OwnFrame.None, false, members.RaisedBarrier),
            _ => default,
        };
    }
}
