using AkkaParty.Http.Connections;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol.Parties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest;

/// <summary>The party over REST: the routes of the original, and one for everything the socket can do.</summary>
internal static class PartyEndpoints
{
    private static readonly PartyJsonContext Json = ClientJson.Wire;

    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/party").WithTags("Party");
        MapOpen(group);
        MapPeople(group);
        MapNominations(group);
        MapRanking(group);
    }

    private static void MapOpen(RouteGroupBuilder group)
    {
        group.MapPost(string.Empty, (HttpContext context, PartyAdmission admission) => admission.CreateAsync(context))
            .WithSummary("Creates a party; you become its host")
            .WithMetadata(TakesIdempotencyKey.Instance)
            .Accepts<CreatePartyBody>("application/json")
            .Produces<PartyCreatedBody>(StatusCodes.Status201Created)
            .ProducesErrors(400, 413, 415, 422, 429, 503);
        group.MapGet("/{partyId}", ShowAsync)
            .WithSummary("The party as anybody who knows its id sees it")
            .WithDescription("Ballots are secret. The ETag is the party's seq; If-None-Match answers 304.")
            .Produces<PartyView>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesErrors(404, 429, 503);
        group.MapPost("/{partyId}/join", (string partyId, HttpContext context, PartyAdmission admission) =>
            admission.JoinAsync(partyId, context))
            .WithSummary("Joins a party, in any phase")
            .WithMetadata(TakesIdempotencyKey.Instance)
            .Accepts<JoinPartyBody>("application/json")
            .Produces<PartyJoinedBody>(StatusCodes.Status201Created)
            .ProducesErrors(400, 404, 409, 413, 415, 422, 429, 503);
    }

    private static void MapPeople(RouteGroupBuilder group)
    {
        group.MapPost("/{partyId}/leave", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.FarewellAsync(context, partyId, static (at, caller) => new LeaveParty(at, caller)))
            .Produces(StatusCodes.Status204NoContent)
            .AsCommand("Leaves the party; your token ends");
        group.MapDelete("/{partyId}/token", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.FarewellAsync(context, partyId, static (at, caller) => new RevokeToken(at, caller)))
            .Produces(StatusCodes.Status204NoContent)
            .AsCommand("Logs out: ends the token you present");
        group.MapDelete("/{partyId}/participants/{userId}", (string partyId, string userId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, (at, caller) => new RemoveParticipant(at, caller, userId)))
            .Produces<PartyView>()
            .AsCommand("Host: removes a participant");
        group.MapPost("/{partyId}/host", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, Json.ParticipantPayload, static (body, at, caller) =>
                    body.UserId is { Length: > 0 } user
                    ? Made(new TransferHost(at, caller, user))
                    : Wrong(ApiError.Of(PartyErrorCodes.InvalidRequestBody, "user_id is required.", "user_id"))))
            .Accepts<ParticipantPayload>("application/json")
            .Produces<PartyView>()
            .AsCommand("Host: passes the role on");
        group.MapPost("/{partyId}/restart", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, static (at, caller) => new RestartParty(at, caller)))
            .Produces<PartyView>()
            .AsCommand("Host: starts again with the same people");
    }

    private static void MapNominations(RouteGroupBuilder group)
    {
        group.MapPost("/{partyId}/start-nomination", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, static (at, caller) => new StartNomination(at, caller)))
            .Produces<PartyView>()
            .AsCommand("Host: opens the nominations");
        group.MapPost("/{partyId}/nominations", SuggestAsync)
            .Accepts<SuggestMoviePayload>("application/json")
            .Produces<PartyView>()
            .AsCommand("Nominates a film")
            .ProducesErrors(502);
        group.MapPut("/{partyId}/nominations/current/vote", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, Json.VoteNominationPayload, static (body, at, caller) => Vote(body, at, caller)))
            .Accepts<VoteNominationPayload>("application/json")
            .Produces<PartyView>()
            .AsCommand("Votes on the open nomination");
        group.MapPost("/{partyId}/nominations/current/close", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, static (at, caller) => new CloseNomination(at, caller)))
            .Produces<PartyView>()
            .AsCommand("Host: closes the open nomination");
        group.MapDelete("/{partyId}/nominations/{tmdbId}", (string partyId, string tmdbId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, (at, caller) => new WithdrawNomination(at, caller, tmdbId)))
            .Produces<PartyView>()
            .AsCommand("Host or proposer: takes a film back");
        group.MapPost("/{partyId}/finalize-nominations", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, static (at, caller) => new FinalizeNominations(at, caller)))
            .Produces<PartyView>()
            .AsCommand("Host: ends the nominations");
    }

    private static void MapRanking(RouteGroupBuilder group)
    {
        group.MapPut("/{partyId}/ballots/me", (string partyId, HttpContext context, PartyCalls calls) => calls.CommandAsync(
                context,
                partyId,
                Json.SubmitRankingPayload,
                static (body, at, caller) => body.Ranks is { } ranks && !ranks.Contains(null!)
                    ? Made(new SubmitRanking(at, caller, ranks))
                    : Wrong(ApiError.Of(PartyErrorCodes.InvalidRequestBody, "ranks must be a list of film ids.", "ranks")),
                ShowBallotAsync))
            .Accepts<SubmitRankingPayload>("application/json")
            .Produces<BallotBody>()
            .AsCommand("Hands in or replaces your ballot");
        group.MapGet("/{partyId}/ballots/me", (string partyId, HttpContext context, PartyCalls calls) => calls.QueryAsync(
                context,
                partyId,
                static (at, caller) => new GetOwnBallot(caller, at),
                static result => TypedResults.Json(new BallotBody(((OwnBallot)result.Reply!).Ranks, result.Seq), HttpJson.Wire.BallotBody)))
            .WithSummary("Your own ballot")
            .WithMetadata(NeedsToken.Instance)
            .Produces<BallotBody>()
            .ProducesErrors(401, 403, 404, 429, 503);
        group.MapPost("/{partyId}/close-ranking", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, static (at, caller) => new CloseRanking(at, caller)))
            .Produces<PartyView>()
            .AsCommand("Host: has the ballots counted now");
        group.MapPut("/{partyId}/ranking-deadline", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, Json.SetRankingDeadlinePayload, static (body, at, caller) =>
                    Made(new SetRankingDeadline(at, caller, body.Deadline))))
            .Accepts<SetRankingDeadlinePayload>("application/json")
            .Produces<PartyView>()
            .AsCommand("Host: sets, moves or lifts (null) the ranking's deadline");
        group.MapPost("/{partyId}/watch", (string partyId, HttpContext context, PartyCalls calls) =>
                calls.CommandAsync(context, partyId, static (at, caller) => new OpenWatchParty(at, caller)))
            .Produces<PartyView>()
            .AsCommand("Host: opens the watch party of the chosen film, with a seat for everybody");
        group.MapPost("/{partyId}/watch/ticket", (string partyId, HttpContext context, PartyCalls calls, OpenedSeats seats) =>
                calls.TicketAsync(context, partyId, seats))
            .WithSummary("A ticket to your seat in the watch party: it opens one connection")
            .WithMetadata(NeedsToken.Instance)
            .Produces<SeatTicket>(StatusCodes.Status201Created)
            .ProducesErrors(401, 403, 404, 409, 429, 503);
    }

    private static async Task<IResult> ShowAsync(string partyId, HttpContext context, PartyDoor door, PartyCalls calls, CallRate rates)
    {
        if (rates.Check(context, CallKind.Read) is { } limited)
        {
            return new ProblemResult(limited);
        }

        if (!door.TryFind(partyId, out _, out var party))
        {
            return new ProblemResult(ApiError.Of(PartyErrorCodes.PartyNotFound));
        }

        // No token is needed; one that holds says that its owner is there.
        if (Bearer.FromHeader(context.Request) is { } token
            && await door.RecogniseAsync(partyId, token) is { Caller: { } caller, Error: null })
        {
            await calls.NoteSeenAsync(caller);
        }

        return await PartyAnswer.ShowAsync(context, party);
    }

    private static Task<IResult> SuggestAsync(string partyId, HttpContext context, PartyCalls calls, FilmLookup films) =>
        calls.CommandAsync(context, partyId, Json.SuggestMoviePayload, async (body, at, caller) =>
        {
            var (film, error) = await films.FindAsync(body.TmdbId, "tmdb_id", context.RequestAborted);
            return film is null ? (null, error) : (new SuggestMovie(at, caller, FilmLookup.ToMovie(film.Film)), null);
        });

    private static async ValueTask<IResult> ShowBallotAsync(
        HttpContext context, PartyCaller caller, Runtime.Entities.AskResult done)
    {
        var result = await caller.Party.QueryAsync(new GetOwnBallot(caller.Caller, TimeOf(context)), done.Seq);
        if (result is not { Outcome: Runtime.Entities.AskOutcome.Replied, Reply: OwnBallot ballot })
        {
            return new ProblemResult(ApiError.From(result));
        }

        PartyAnswer.SetTag(context, result.Seq);
        return TypedResults.Json(new BallotBody(ballot.Ranks, result.Seq), HttpJson.Wire.BallotBody);
    }

    private static ValueTask<(PartyCommand? Command, ApiError? Error)> Vote(VoteNominationPayload body, DateTimeOffset at, Caller caller)
    {
        var error = PartyInput.ValidateVote(body.Vote) ?? (body.TmdbId is null ? null : PartyInput.ValidateFilmId(body.TmdbId));
        return error is null ? Made(new VoteNomination(at, caller, body.Vote!, body.TmdbId)) : Wrong(ApiError.From(error)!);
    }

    private static DateTimeOffset TimeOf(HttpContext context) =>
        ((TimeProvider)context.RequestServices.GetService(typeof(TimeProvider))!).GetUtcNow();

    private static ValueTask<(PartyCommand? Command, ApiError? Error)> Made(PartyCommand command) => new((command, null));

    private static ValueTask<(PartyCommand? Command, ApiError? Error)> Wrong(ApiError error) => new((null, error));
}
