using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>Somebody who may follow a watch party.</summary>
/// <param name="Party">The party.</param>
/// <param name="Actor">Who it is, with their member id.</param>
/// <param name="Welcome">Everything the connection begins with.</param>
/// <param name="Since">From which number on they follow.</param>
/// <param name="Resumed">
/// Whether everything they missed follows; false when that is too much, or the party has not got that far. Null when they come for the
/// first time.
/// </param>
/// <param name="Lifetime">How long what they showed lives on.</param>
/// <param name="AccountSession">The session of their account; null for a guest.</param>
/// <param name="FreshToken">The token a guest got for a ticket; null for everybody else.</param>
/// <param name="WithMessages">Whether they want the last messages at once.</param>
internal sealed record WatchFollower(
    EntityRef Party,
    WatchActor Actor,
    WatchWelcome Welcome,
    long Since,
    bool? Resumed,
    TimeSpan Lifetime,
    string? AccountSession,
    string? FreshToken,
    bool WithMessages)
{
    /// <summary>Who it is.</summary>
    public string MemberId => Welcome.Member.MemberId;
}
