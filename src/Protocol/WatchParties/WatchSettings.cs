using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>Who may see a watch party and join it by its id.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<WatchVisibility>))]
public enum WatchVisibility
{
    /// <summary>Participants only; others join by the invite code, an invitation or a granted request.</summary>
    Private,

    /// <summary>Everybody.</summary>
    Public,

    /// <summary>Accepted friends of the host.</summary>
    Friends,

    /// <summary>Only accounts that were invited or whose request was granted; the invite code alone does not do.</summary>
    Invite,
}

/// <summary>What somebody is in a watch party.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<WatchRole>))]
public enum WatchRole
{
    /// <summary>Watches.</summary>
    Viewer,

    /// <summary>Helps the host; next in line for the role.</summary>
    CoHost,

    /// <summary>The one who may do everything; exactly one while anybody has a seat.</summary>
    Host,
}

/// <summary>Who controls playback and the playlist.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<WatchControls>))]
public enum WatchControls
{
    /// <summary>The host alone.</summary>
    HostOnly,

    /// <summary>Host and co-hosts; the default of the watch-parties surface.</summary>
    CoHosts,

    /// <summary>Everyone; the default of the rooms surface. The host wins ties.</summary>
    Everyone,

    /// <summary>Everyone may pause; all else is the host's and co-hosts'.</summary>
    AnyonePauses,
}

/// <summary>What the host may change.</summary>
public sealed record WatchSettings
{
    /// <summary>Who may see it and join.</summary>
    public WatchVisibility Visibility { get; init; } = WatchVisibility.Private;

    /// <summary>At most this many participants, 2 to 1,000.</summary>
    public int ParticipantsMax { get; init; } = 100;

    /// <summary>Who controls playback and the playlist.</summary>
    public WatchControls Controls { get; init; } = WatchControls.CoHosts;

    /// <summary>Whether playing waits until every member whose client says when it is ready has said so.</summary>
    public bool WaitForReady { get; init; }

    /// <summary>How long playing waits for them at most, in seconds, 1 to 60.</summary>
    public int ReadySeconds { get; init; } = 10;

    /// <summary>Seconds between two messages of one viewer, 0 (none) to 300; the host and co-hosts are exempt.</summary>
    public int SlowModeSeconds { get; init; }

    /// <summary>The share of connected participants whose vote skips an item, in percent, 1 to 100; 0 turns voting off.</summary>
    public int SkipPercent { get; init; } = 50;
}

/// <summary>A password as it is stored: checked where the call arrives, since that is slow on purpose.</summary>
/// <param name="Hash">The framework's PBKDF2 form, at most 200 characters.</param>
/// <param name="Version">Counts the changes: a proof of an older password is none.</param>
public sealed record WatchPassword(string Hash, int Version);
