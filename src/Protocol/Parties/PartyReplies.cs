using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Parties;

/// <summary>The answer to a command.</summary>
public abstract record PartyReply
{
    /// <summary>
    /// The <see cref="PartyCommand.Fingerprint"/> of the command that was carried out: a repeated command id with another
    /// fingerprint is another request under a used key.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fingerprint { get; init; }
}

/// <summary>The command was carried out; there is nothing else to say.</summary>
public sealed record PartyDone : PartyReply
{
    /// <summary>The reply to a command without a fingerprint.</summary>
    public static PartyDone Instance { get; } = new();
}

/// <summary>The answer to <see cref="CreateParty"/>; a repeated creation gets the same one.</summary>
/// <param name="HostId">The creator's id.</param>
/// <param name="Party">The party just after its creation.</param>
public sealed record PartyOpened(string HostId, PartyView Party) : PartyReply;

/// <summary>The answer to <see cref="JoinParty"/>; a repeated join gets the same one.</summary>
/// <param name="UserId">The new participant's id.</param>
/// <param name="Participant">The new participant.</param>
/// <param name="Party">The party just after the join.</param>
public sealed record PartyEntered(string UserId, ParticipantView Participant, PartyView Party) : PartyReply;

/// <summary>The answer to <see cref="StartNomination"/> and <see cref="RestartParty"/>: the party just after the change.</summary>
/// <param name="Party">The party.</param>
public sealed record PartyAdvanced(PartyView Party) : PartyReply;

/// <summary>The answer to <see cref="AuthenticateCaller"/>.</summary>
/// <param name="UserId">The participant's id.</param>
/// <param name="Username">The participant's name.</param>
/// <param name="IsHost">Whether this is the host.</param>
/// <param name="ExpiresAt">When the token ends.</param>
/// <param name="Connected">Whether the participant has a socket anywhere.</param>
/// <param name="Away">Whether the participant is away; then <see cref="SeenParticipant"/> brings them back.</param>
public sealed record PartyMember(
    string UserId,
    string Username,
    bool IsHost,
    DateTimeOffset ExpiresAt,
    bool Connected,
    bool Away);

/// <summary>The answer to <see cref="GetOwnBallot"/>.</summary>
/// <param name="Ranks">The film ids, best first; null when the caller has handed in no ballot in this round.</param>
public sealed record OwnBallot(IReadOnlyList<string>? Ranks);
