using System.Text.Json;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>The actions a client may send over <c>/ws/room/{roomID}</c>.</summary>
public static class SyncActions
{
    /// <summary>Plays, from <see cref="SyncClientData.CurrentTime"/> when that is above 0.</summary>
    public const string Play = "play";

    /// <summary>Pauses, at <see cref="SyncClientData.CurrentTime"/> when that is above 0.</summary>
    public const string Pause = "pause";

    /// <summary>Goes to <see cref="SyncClientData.CurrentTime"/>.</summary>
    public const string Seek = "seek";

    /// <summary>Says that it is there, which it is already.</summary>
    public const string Join = "join";

    /// <summary>Ends the connection; the seat stays.</summary>
    public const string Leave = "leave";

    /// <summary>Waits for data, or no longer: <see cref="SyncClientData.IsBuffering"/>.</summary>
    public const string Buffering = "buffering";

    /// <summary>Has what it needs to play.</summary>
    public const string Ready = "ready";

    /// <summary>Says <see cref="SyncClientData.ChatMessage"/>.</summary>
    public const string Chat = "chat";
}

/// <summary>The types a client may send over <c>/ws/room/{roomID}</c> besides actions; those of
/// <see cref="WatchClientFrameTypes"/> that no action stands for come with a payload.</summary>
public static class SyncClientFrameTypes
{
    /// <summary>Asks where the room is; answered with <c>state</c>.</summary>
    public const string RequestState = "request_state";

    /// <summary>Another client's idea of where the room is: refused, since the server knows.</summary>
    public const string ProvideState = "provide_state";
}

/// <summary>A frame from a client over <c>/ws/room/{roomID}</c>: an action with data, or a type with a payload.</summary>
public sealed record SyncClientFrame
{
    /// <summary>One of <see cref="SyncActions"/>, or <c>skip</c> or <c>rate</c>.</summary>
    public string? Action { get; init; }

    /// <summary>What the action needs.</summary>
    public SyncClientData? Data { get; init; }

    /// <summary>One of <see cref="SyncClientFrameTypes"/> or <see cref="WatchClientFrameTypes"/>, when there is no action.</summary>
    public string? Type { get; init; }

    /// <summary>What the type needs: the members of <see cref="WatchClientFrame"/>.</summary>
    public WatchClientFrame? Payload { get; init; }

    /// <summary>When it was meant: RFC 3339, Unix seconds or milliseconds.</summary>
    public JsonElement? Timestamp { get; init; }

    /// <summary>The client's own number for this frame, from 1.</summary>
    public long? Id { get; init; }
}

/// <summary>What an action needs.</summary>
public sealed record SyncClientData
{
    /// <summary>A position in seconds.</summary>
    public double? CurrentTime { get; init; }

    /// <summary>A position in milliseconds; counts more than <see cref="CurrentTime"/>.</summary>
    public double? PositionMs { get; init; }

    /// <summary>How long what plays is, in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Times normal speed.</summary>
    public double? PlaybackRate { get; init; }

    /// <summary>Whether the client waits for data; left out for yes.</summary>
    public bool? IsBuffering { get; init; }

    /// <summary>The barrier for which the client is ready; left out for the one of which the connection was told last.</summary>
    public int? Barrier { get; init; }

    /// <summary>What is said, 1 to 1,000 characters.</summary>
    public string? ChatMessage { get; init; }

    /// <summary>An item of the playlist.</summary>
    public string? ItemId { get; init; }
}
