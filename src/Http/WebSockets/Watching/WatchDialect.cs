using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>How a surface's sockets speak of a watch party. What happens is the same on all.</summary>
internal abstract class WatchDialect
{
    /// <summary>The JSON of both.</summary>
    protected static readonly WatchLiveJsonContext Json = WatchLiveJsonContext.Wire;

    private static readonly Dictionary<string, WatchDeed> Deeds = new(StringComparer.Ordinal)
    {
        [WatchClientFrameTypes.Play] = WatchDeed.Play,
        [WatchClientFrameTypes.Pause] = WatchDeed.Pause,
        [WatchClientFrameTypes.Seek] = WatchDeed.Seek,
        [WatchClientFrameTypes.Skip] = WatchDeed.Skip,
        [WatchClientFrameTypes.Rate] = WatchDeed.Rate,
        [WatchClientFrameTypes.SyncRequest] = WatchDeed.AskState,
        [WatchClientFrameTypes.Chat] = WatchDeed.Chat,
        [WatchClientFrameTypes.ChatDelete] = WatchDeed.DeleteChat,
        [WatchClientFrameTypes.Messages] = WatchDeed.AskMessages,
        [WatchClientFrameTypes.Reaction] = WatchDeed.React,
        [WatchClientFrameTypes.Typing] = WatchDeed.Typing,
        [WatchClientFrameTypes.VoteSkip] = WatchDeed.VoteSkip,
        [WatchClientFrameTypes.PlaylistAdd] = WatchDeed.AddItem,
        [WatchClientFrameTypes.PlaylistRemove] = WatchDeed.RemoveItem,
        [WatchClientFrameTypes.PlaylistMove] = WatchDeed.MoveItem,
        [WatchClientFrameTypes.Duration] = WatchDeed.TellDuration,
        [WatchClientFrameTypes.Report] = WatchDeed.Report,
        [WatchClientFrameTypes.Clock] = WatchDeed.Clock,
        [WatchClientFrameTypes.Ping] = WatchDeed.Ping,
    };

    /// <summary>Who follows in it.</summary>
    public abstract Audience Audience { get; }

    /// <summary>Makes a batch's pack; the same delegate for all, as sharing needs.</summary>
    public abstract Func<FeedBatch, WatchFramesPack> Pack { get; }

    /// <summary>Whether everybody but the sender is told of what somebody did.</summary>
    public abstract bool SparesSender { get; }

    /// <summary>Whether it shows the whole list of participants, over and over.</summary>
    public abstract bool ShowsLists { get; }

    /// <summary>What a position is called.</summary>
    public abstract string PositionField { get; }

    /// <summary>What somebody's words are called.</summary>
    public abstract string MessageField { get; }

    /// <summary>What the speed is called.</summary>
    public abstract string RateField { get; }

    /// <summary>Reads a frame.</summary>
    /// <param name="message">Its bytes.</param>
    /// <returns>The frame; null for the word <c>null</c>.</returns>
    /// <exception cref="JsonException">It is none.</exception>
    public abstract WatchOrder? Read(ReadOnlySpan<byte> message);

    /// <summary>What a connection begins with.</summary>
    /// <param name="follower">Who it is.</param>
    /// <returns>Frames in order.</returns>
    public abstract IEnumerable<byte[]> Welcome(WatchFollower follower);

    /// <summary>Where the party is.</summary>
    /// <param name="partyId">The party.</param>
    /// <param name="state">Where it is.</param>
    /// <returns>The frame.</returns>
    public abstract byte[] State(string partyId, PlaybackChanged state);

    /// <summary>Who is there.</summary>
    /// <param name="list">The list.</param>
    /// <returns>The frame.</returns>
    public abstract byte[] Participants(ParticipantList list);

    /// <summary>The last messages.</summary>
    /// <param name="partyId">The party.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="order">What was asked.</param>
    /// <returns>The frame.</returns>
    public abstract byte[] Messages(string partyId, IReadOnlyList<ChatMessage> messages, WatchOrder order);

    /// <summary>A frame was carried out.</summary>
    /// <param name="ack">What there is to say.</param>
    /// <returns>The frame.</returns>
    public abstract byte[] Ack(WatchAckFrame ack);

    /// <summary>A frame was not carried out.</summary>
    /// <param name="error">Why.</param>
    /// <returns>The frame.</returns>
    public abstract byte[] Error(FrameError error);

    /// <summary>The time.</summary>
    /// <param name="t0">The client's time when it asked; null when it does not say.</param>
    /// <param name="t1">When the question came.</param>
    /// <param name="t2">When the answer goes out.</param>
    /// <returns>The frame.</returns>
    public abstract byte[] Clock(double? t0, double t1, double t2);

    /// <summary>A sign of life.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The frame.</returns>
    public abstract byte[] Pong(DateTimeOffset now);

    /// <summary>A time as clients compute with it.</summary>
    /// <param name="time">The time.</param>
    /// <returns>Unix milliseconds, with fractions.</returns>
    public static double Milliseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    /// <summary>What a type stands for in both dialects.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The deed.</returns>
    protected static WatchDeed DeedOf(string? type) =>
        type is not null && Deeds.TryGetValue(type, out var deed) ? deed : WatchDeed.Unknown;

    /// <summary>Writes a frame.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="frame">The frame.</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>Its bytes.</returns>
    protected static byte[] Write<T>(T frame, JsonTypeInfo<T> shape) => JsonSerializer.SerializeToUtf8Bytes(frame, shape);

    /// <summary>The follower's own seat.</summary>
    /// <param name="follower">Who it is.</param>
    /// <param name="role">What they are, in the surface's word.</param>
    /// <returns>The seat.</returns>
    protected static OwnSeatShown SeatOf(WatchFollower follower, string role) => new(
        follower.MemberId,
        follower.Welcome.Member.Name,
        role,
        follower.Welcome.Member.IsGuest,
        follower.Welcome.Member.Muted,
        follower.FreshToken,
        follower.FreshToken is null ? null : follower.Welcome.TokenExpiresAt);

    /// <summary>Who is there, the follower among them: their own coming may not be stored yet.</summary>
    /// <param name="follower">Who it is.</param>
    /// <returns>The list.</returns>
    protected static IReadOnlyList<ParticipantView> PeopleOf(WatchFollower follower) =>
    [
        .. follower.Welcome.Party.Participants.Select(
            person => person.MemberId == follower.MemberId ? person with { Connected = true } : person),
    ];

    /// <summary>What plays.</summary>
    /// <param name="party">The party.</param>
    /// <returns>The item; null for nothing.</returns>
    protected static MediaItem? ItemOf(WatchPartyView party) =>
        party.Playback.ItemId is { } id ? party.Items.FirstOrDefault(item => item.ItemId == id) : null;
}
