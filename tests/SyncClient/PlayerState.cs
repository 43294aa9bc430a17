namespace AkkaParty.SyncClient;

/// <summary>What a player says of itself.</summary>
/// <param name="ItemId">What it has loaded; null for nothing.</param>
/// <param name="PositionMs">Where it is.</param>
/// <param name="Playing">Whether it was told to play.</param>
/// <param name="Ready">Whether it can play from where it is.</param>
/// <param name="Rate">Times normal speed, with any nudge.</param>
/// <param name="DurationMs">How long the item is; null when nobody knows.</param>
public sealed record PlayerState(string? ItemId, double PositionMs, bool Playing, bool Ready, double Rate, double? DurationMs);

/// <summary>What there is to tell a player.</summary>
public enum PlayerVerb
{
    Load,
    Seek,
    Rate,
    Play,
    Pause,
}

/// <summary>Something to tell the player.</summary>
/// <param name="Verb">What.</param>
/// <param name="ItemId">What to load.</param>
/// <param name="PositionMs">Where to go, when loading or seeking.</param>
/// <param name="Rate">How fast to play, when that is told.</param>
public sealed record PlayerAction(PlayerVerb Verb, string? ItemId = null, double PositionMs = 0, double Rate = 0);

/// <summary>What to do now, and when to look again.</summary>
/// <param name="Actions">What to tell the player, in this order.</param>
/// <param name="WakeAtMs">When to look again, by the own clock.</param>
/// <param name="ErrorMs">How far ahead of the party the player is; null when that does not matter now.</param>
/// <param name="Ready">Whether the player has what it needs where the party is.</param>
public sealed record Step(IReadOnlyList<PlayerAction> Actions, double WakeAtMs, double? ErrorMs, bool Ready);
