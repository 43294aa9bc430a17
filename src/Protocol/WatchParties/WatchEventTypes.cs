namespace AkkaParty.Protocol.WatchParties;

/// <summary>The types of the frames that tell the followers over <c>/api/v1/watch-parties/{id}/ws</c> what happened.</summary>
public static class WatchEventTypes
{
    /// <summary>It plays, from <c>at_ms</c> on.</summary>
    public const string Play = "play";

    /// <summary>It stands, from <c>at_ms</c> on; also at the end of the last item.</summary>
    public const string Pause = "pause";

    /// <summary>It goes to another position.</summary>
    public const string Seek = "seek";

    /// <summary>It goes to another item; also because the one before is over.</summary>
    public const string Skip = "skip";

    /// <summary>It plays at another speed.</summary>
    public const string Rate = "rate";

    /// <summary>Somebody took a seat.</summary>
    public const string ParticipantJoined = "participant-joined";

    /// <summary>Somebody has no seat any more.</summary>
    public const string ParticipantLeft = "participant-left";

    /// <summary>Somebody's role changed, or they were muted.</summary>
    public const string ParticipantUpdated = "participant-updated";

    /// <summary>Somebody connected or disconnected, or their client is otherwise.</summary>
    public const string Presence = "presence";

    /// <summary>The host is another one.</summary>
    public const string HostChanged = "host_changed";

    /// <summary>Somebody said something.</summary>
    public const string ChatMessage = "chat_message";

    /// <summary>Something that was said was taken back.</summary>
    public const string ChatDeleted = "chat_deleted";

    /// <summary>Somebody reacts.</summary>
    public const string Reaction = "reaction";

    /// <summary>Somebody writes, or no longer.</summary>
    public const string Typing = "typing";

    /// <summary>Playing waits for everybody, for somebody less, or no longer.</summary>
    public const string Barrier = "barrier";

    /// <summary>A vote to skip was given or taken back.</summary>
    public const string SkipVotes = "skip_votes";

    /// <summary>The playlist changed.</summary>
    public const string Playlist = "playlist";

    /// <summary>Title, description, settings or password changed.</summary>
    public const string Settings = "settings";

    /// <summary>Somebody asks to be let in: the host and co-hosts may look.</summary>
    public const string AccessRequested = "access_requested";

    /// <summary>The party ended; the connection is closed behind it.</summary>
    public const string PartyEnded = "party_ended";

    /// <summary>The party began again.</summary>
    public const string PartyRestarted = "party_restarted";
}

/// <summary>The types of the frames that tell the followers over <c>/ws/room/{roomID}</c> what happened.</summary>
public static class SyncEventTypes
{
    /// <summary>An action: of <see cref="SyncEventActions"/>.</summary>
    public const string Sync = "sync";

    /// <summary>Somebody took a seat, gave it up, changed, or their client is otherwise.</summary>
    public const string Participant = "participant";

    /// <summary>The host is another one.</summary>
    public const string HostChanged = "host_changed";

    /// <summary>Something that was said was taken back.</summary>
    public const string ChatDeleted = "chat_deleted";

    /// <summary>Somebody reacts.</summary>
    public const string Reaction = "reaction";

    /// <summary>Somebody writes, or no longer.</summary>
    public const string Typing = "typing";

    /// <summary>Playing waits for everybody, for somebody less, or no longer.</summary>
    public const string Barrier = "barrier";

    /// <summary>A vote to skip was given or taken back.</summary>
    public const string SkipVotes = "skip_votes";

    /// <summary>The playlist changed.</summary>
    public const string Playlist = "playlist";

    /// <summary>Name, description, settings or password changed.</summary>
    public const string Settings = "settings";

    /// <summary>Somebody asks to be let in: the host and co-hosts may look.</summary>
    public const string AccessRequested = "access_requested";

    /// <summary>The room ended; the connection is closed behind it.</summary>
    public const string RoomEnded = "room_ended";

    /// <summary>The room began again.</summary>
    public const string RoomRestarted = "room_restarted";
}

/// <summary>The actions of <c>sync</c> frames that a client is sent.</summary>
public static class SyncEventActions
{
    /// <summary>It plays.</summary>
    public const string Play = "play";

    /// <summary>It stands.</summary>
    public const string Pause = "pause";

    /// <summary>It goes to another position.</summary>
    public const string Seek = "seek";

    /// <summary>It goes to another item.</summary>
    public const string Skip = "skip";

    /// <summary>It plays at another speed.</summary>
    public const string Rate = "rate";

    /// <summary>Somebody connected.</summary>
    public const string Join = "join";

    /// <summary>Somebody is connected no longer.</summary>
    public const string Leave = "leave";

    /// <summary>Somebody's client waits for data.</summary>
    public const string Buffering = "buffering";

    /// <summary>Somebody's client has what it needs to play.</summary>
    public const string Ready = "ready";

    /// <summary>Somebody said something.</summary>
    public const string Chat = "chat";
}
