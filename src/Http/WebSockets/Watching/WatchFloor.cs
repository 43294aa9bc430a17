namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>What this node's connections of watch parties share.</summary>
/// <param name="Rosters">Whole lists of participants.</param>
/// <param name="Reactions">How often people react.</param>
internal sealed record WatchFloor(Rosters Rosters, ReactionRate Reactions);
