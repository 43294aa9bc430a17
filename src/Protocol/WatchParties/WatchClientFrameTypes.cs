namespace AkkaParty.Protocol.WatchParties;

/// <summary>The types of the frames a client may send over <c>/api/v1/watch-parties/{id}/ws</c>.</summary>
public static class WatchClientFrameTypes
{
    /// <summary>Plays, from <see cref="WatchClientFrame.PositionMs"/> when that is given.</summary>
    public const string Play = "play";

    /// <summary>Pauses, at <see cref="WatchClientFrame.PositionMs"/> when that is given.</summary>
    public const string Pause = "pause";

    /// <summary>Goes to <see cref="WatchClientFrame.PositionMs"/>, or <see cref="WatchClientFrame.Position"/>.</summary>
    public const string Seek = "seek";

    /// <summary>Goes to <see cref="WatchClientFrame.ItemId"/> or <see cref="WatchClientFrame.ClipId"/>; without one to the next.</summary>
    public const string Skip = "skip";

    /// <summary>Plays at <see cref="WatchClientFrame.Rate"/>.</summary>
    public const string Rate = "rate";

    /// <summary>Asks where the party is; answered with <c>sync</c>.</summary>
    public const string SyncRequest = "sync-request";

    /// <summary>Says <see cref="WatchClientFrame.Message"/>.</summary>
    public const string Chat = "chat";

    /// <summary>Takes <see cref="WatchClientFrame.MessageId"/> back.</summary>
    public const string ChatDelete = "chat_delete";

    /// <summary>Asks for the messages up to <see cref="WatchClientFrame.UpToMs"/>; answered with <c>messages</c>.</summary>
    public const string Messages = "messages";

    /// <summary>Reacts with <see cref="WatchClientFrame.Emoji"/>.</summary>
    public const string Reaction = "reaction";

    /// <summary>Writes, or no longer: <see cref="WatchClientFrame.IsTyping"/>.</summary>
    public const string Typing = "typing";

    /// <summary>Wants to skip <see cref="WatchClientFrame.ItemId"/>, or no longer: <see cref="WatchClientFrame.Skip"/>.</summary>
    public const string VoteSkip = "vote_skip";

    /// <summary>Adds <see cref="WatchClientFrame.Item"/> to the playlist.</summary>
    public const string PlaylistAdd = "playlist_add";

    /// <summary>Removes <see cref="WatchClientFrame.ItemId"/> from the playlist.</summary>
    public const string PlaylistRemove = "playlist_remove";

    /// <summary>Moves <see cref="WatchClientFrame.ItemId"/> to <see cref="WatchClientFrame.Place"/>.</summary>
    public const string PlaylistMove = "playlist_move";

    /// <summary>Says how long <see cref="WatchClientFrame.ItemId"/> is: <see cref="WatchClientFrame.DurationMs"/>.</summary>
    public const string Duration = "duration";

    /// <summary>Says how the client is.</summary>
    public const string Report = "report";

    /// <summary>Asks for the time.</summary>
    public const string Clock = "clock";

    /// <summary>A sign of life; answered with <c>pong</c>.</summary>
    public const string Ping = "ping";
}
