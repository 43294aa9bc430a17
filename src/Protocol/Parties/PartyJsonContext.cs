using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Parties;

/// <summary>The JSON of everything that belongs to a party: snake_case, UTC instants, letters of every script as they are.</summary>
[JsonSerializable(typeof(PartyCreated))]
[JsonSerializable(typeof(ParticipantJoined))]
[JsonSerializable(typeof(ParticipantLeft))]
[JsonSerializable(typeof(ParticipantRemoved))]
[JsonSerializable(typeof(HostChanged))]
[JsonSerializable(typeof(ParticipantConnected))]
[JsonSerializable(typeof(ParticipantDisconnected))]
[JsonSerializable(typeof(ParticipantSeen))]
[JsonSerializable(typeof(ParticipantWentAway))]
[JsonSerializable(typeof(TokenIssued))]
[JsonSerializable(typeof(TokenRevoked))]
[JsonSerializable(typeof(NominationsStarted))]
[JsonSerializable(typeof(MovieNominated))]
[JsonSerializable(typeof(NominationVoted))]
[JsonSerializable(typeof(NominationPassed))]
[JsonSerializable(typeof(NominationFailed))]
[JsonSerializable(typeof(NominationWithdrawn))]
[JsonSerializable(typeof(PoolMovieWithdrawn))]
[JsonSerializable(typeof(NominationsFinalized))]
[JsonSerializable(typeof(RankingDeadlineSet))]
[JsonSerializable(typeof(BallotSubmitted))]
[JsonSerializable(typeof(PartyFinished))]
[JsonSerializable(typeof(PartyRestarted))]
[JsonSerializable(typeof(WatchPartyRequested))]
[JsonSerializable(typeof(WatchPartyOpened))]
[JsonSerializable(typeof(WatchPartyFailed))]
[JsonSerializable(typeof(CreateParty))]
[JsonSerializable(typeof(JoinParty))]
[JsonSerializable(typeof(LeaveParty))]
[JsonSerializable(typeof(RemoveParticipant))]
[JsonSerializable(typeof(TransferHost))]
[JsonSerializable(typeof(StartNomination))]
[JsonSerializable(typeof(SuggestMovie))]
[JsonSerializable(typeof(VoteNomination))]
[JsonSerializable(typeof(CloseNomination))]
[JsonSerializable(typeof(WithdrawNomination))]
[JsonSerializable(typeof(FinalizeNominations))]
[JsonSerializable(typeof(SubmitRanking))]
[JsonSerializable(typeof(CloseRanking))]
[JsonSerializable(typeof(SetRankingDeadline))]
[JsonSerializable(typeof(RestartParty))]
[JsonSerializable(typeof(OpenWatchParty))]
[JsonSerializable(typeof(FinishOpening))]
[JsonSerializable(typeof(IssueToken))]
[JsonSerializable(typeof(RevokeToken))]
[JsonSerializable(typeof(SetPresence))]
[JsonSerializable(typeof(SeenParticipant))]
[JsonSerializable(typeof(PassDeadline))]
[JsonSerializable(typeof(GetParty))]
[JsonSerializable(typeof(AuthenticateCaller))]
[JsonSerializable(typeof(GetOwnBallot))]
[JsonSerializable(typeof(PartyReaction))]
[JsonSerializable(typeof(PartyDone))]
[JsonSerializable(typeof(PartyOpened))]
[JsonSerializable(typeof(PartyEntered))]
[JsonSerializable(typeof(PartyAdvanced))]
[JsonSerializable(typeof(PartyMember))]
[JsonSerializable(typeof(OwnBallot))]
[JsonSerializable(typeof(PartyView))]
[JsonSerializable(typeof(ChosenFilm))]
[JsonSerializable(typeof(ClientFrame))]
[JsonSerializable(typeof(SearchMoviesPayload))]
[JsonSerializable(typeof(SuggestMoviePayload))]
[JsonSerializable(typeof(VoteNominationPayload))]
[JsonSerializable(typeof(WithdrawNominationPayload))]
[JsonSerializable(typeof(SubmitRankingPayload))]
[JsonSerializable(typeof(SetRankingDeadlinePayload))]
[JsonSerializable(typeof(ParticipantPayload))]
[JsonSerializable(typeof(ReactionPayload))]
[JsonSerializable(typeof(PongFrame))]
[JsonSerializable(typeof(SearchResultsFrame))]
[JsonSerializable(typeof(SearchResultsPayload))]
[JsonSerializable(typeof(PartyUpdateFrame))]
[JsonSerializable(typeof(ErrorFrame))]
[JsonSerializable(typeof(AckFrame))]
[JsonSerializable(typeof(WatchTicketFrame))]
[JsonSerializable(typeof(ReactionFrame))]
public sealed partial class PartyJsonContext : JsonSerializerContext
{
    /// <summary>The context to use: with the options that the wire and the journal have.</summary>
    public static PartyJsonContext Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcInstantConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });
}
