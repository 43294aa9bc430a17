namespace AkkaParty.EndToEnd.WatchParties.Crowds;

/// <summary>A command that was acknowledged.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Id">The number of its frame.</param>
/// <param name="Kind">What it was, by its name in both dialects.</param>
/// <param name="Detail">What makes it this one among its kind; empty for nothing.</param>
/// <param name="Seq">The number at which it was acknowledged.</param>
internal sealed record Deed(string UserId, long Id, string Kind, string Detail, long Seq);
