using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Rest;
using AkkaParty.Protocol.Parties;
using OpeningStatus = AkkaParty.Protocol.WatchParties.OpeningStatus;

namespace AkkaParty.Http.WebSockets;

/// <summary>What each frame of a client does.</summary>
internal sealed partial class PartySession
{
    private DateTimeOffset Time => Shared.Time.GetUtcNow();

    /// <inheritdoc />
    protected override ValueTask RunAsync(ClientFrame frame) => frame.Type switch
    {
        ClientFrameTypes.SearchMovies => SearchAsync(frame),
        ClientFrameTypes.SuggestMovie => SuggestAsync(frame),
        ClientFrameTypes.VoteNomination => VoteAsync(frame),
        ClientFrameTypes.SubmitRanking => RankAsync(frame),
        ClientFrameTypes.SetRankingDeadline => SetDeadlineAsync(frame),
        ClientFrameTypes.WithdrawNomination => WithdrawAsync(frame),
        ClientFrameTypes.RemoveParticipant => AboutAsync(frame, user => new RemoveParticipant(Time, _caller, user)),
        ClientFrameTypes.TransferHost => AboutAsync(frame, user => new TransferHost(Time, _caller, user)),
        ClientFrameTypes.Reaction => React(frame),
        ClientFrameTypes.StartNomination => AskAsync(frame, new StartNomination(Time, _caller)),
        ClientFrameTypes.CloseNomination => AskAsync(frame, new CloseNomination(Time, _caller)),
        ClientFrameTypes.FinalizeNominations => AskAsync(frame, new FinalizeNominations(Time, _caller)),
        ClientFrameTypes.CloseRanking => AskAsync(frame, new CloseRanking(Time, _caller)),
        ClientFrameTypes.RestartParty => AskAsync(frame, new RestartParty(Time, _caller)),
        ClientFrameTypes.OpenWatchParty => AskAsync(frame, new OpenWatchParty(Time, _caller)),
        ClientFrameTypes.WatchTicket => TicketAsync(frame),
        ClientFrameTypes.LeaveParty => AskAsync(frame, new LeaveParty(Time, _caller)),
        _ => Fail(frame, ApiError.Of(PartyErrorCodes.UnknownMessageType, field: "type")),
    };

    private async ValueTask TicketAsync(ClientFrame frame)
    {
        var (view, error) = await PartyAnswer.ReadAsync(Entity, Seq);
        if (view?.WatchParty is { Status: OpeningStatus.Open } opened)
        {
            await GiveTicketAsync(frame, opened);
        }
        else
        {
            SendError(error ?? ApiError.Of(PartyErrorCodes.WatchPartyNotOpen), frame.Id);
        }
    }

    private async ValueTask SearchAsync(ClientFrame frame)
    {
        if (Payload(frame, Json.SearchMoviesPayload, PartyErrorCodes.InvalidSearchPayload) is not { } payload)
        {
            return;
        }

        var (query, page, error) = await _films.SearchAsync(payload.Query, 1, "query", CancellationToken.None);
        if (error is not null)
        {
            SendError(error, frame.Id);
            return;
        }

        Movie[] movies = [.. page!.Films.Select(FilmLookup.ToMovie)];
        Send(new SearchResultsFrame(new SearchResultsPayload(query, movies, frame.Id)), Json.SearchResultsFrame);
    }

    private async ValueTask SuggestAsync(ClientFrame frame)
    {
        if (Payload(frame, Json.SuggestMoviePayload, PartyErrorCodes.InvalidSuggestionPayload) is not { } payload)
        {
            return;
        }

        var (film, error) = await _films.FindAsync(payload.TmdbId, "tmdb_id", CancellationToken.None);
        if (film is null)
        {
            SendError(error!, frame.Id);
            return;
        }

        await AskAsync(frame, new SuggestMovie(Time, _caller, FilmLookup.ToMovie(film.Film)));
    }

    private ValueTask VoteAsync(ClientFrame frame)
    {
        if (Payload(frame, Json.VoteNominationPayload, PartyErrorCodes.InvalidVotePayload) is not { } payload)
        {
            return ValueTask.CompletedTask;
        }

        var invalid = PartyInput.ValidateVote(payload.Vote) ?? (payload.TmdbId is null ? null : PartyInput.ValidateFilmId(payload.TmdbId));
        return invalid is null
            ? AskAsync(frame, new VoteNomination(Time, _caller, payload.Vote!, payload.TmdbId))
            : Fail(frame, ApiError.From(invalid)!);
    }

    private ValueTask RankAsync(ClientFrame frame)
    {
        if (Payload(frame, Json.SubmitRankingPayload, PartyErrorCodes.InvalidRankingPayload) is not { } payload)
        {
            return ValueTask.CompletedTask;
        }

        return payload.Ranks is { } ranks && !ranks.Contains(null!)
            ? AskAsync(frame, new SubmitRanking(Time, _caller, ranks))
            : Fail(frame, ApiError.Of(PartyErrorCodes.InvalidRankingPayload, field: "ranks"));
    }

    private ValueTask SetDeadlineAsync(ClientFrame frame) =>
        Payload(frame, Json.SetRankingDeadlinePayload, PartyErrorCodes.InvalidPayload) is { } payload
            ? AskAsync(frame, new SetRankingDeadline(Time, _caller, payload.Deadline))
            : ValueTask.CompletedTask;

    private ValueTask WithdrawAsync(ClientFrame frame)
    {
        if (Payload(frame, Json.WithdrawNominationPayload, PartyErrorCodes.InvalidPayload) is not { } payload)
        {
            return ValueTask.CompletedTask;
        }

        return ApiError.From(PartyInput.ValidateFilmId(payload.TmdbId)) is { } invalid
            ? Fail(frame, invalid)
            : AskAsync(frame, new WithdrawNomination(Time, _caller, payload.TmdbId!));
    }

    private ValueTask AboutAsync(ClientFrame frame, Func<string, PartyCommand> command)
    {
        if (Payload(frame, Json.ParticipantPayload, PartyErrorCodes.InvalidPayload) is not { } payload)
        {
            return ValueTask.CompletedTask;
        }

        return payload.UserId is { Length: > 0 } user
            ? AskAsync(frame, command(user))
            : Fail(frame, ApiError.Of(PartyErrorCodes.InvalidPayload, field: "user_id"));
    }

    private ValueTask React(ClientFrame frame)
    {
        if (Payload(frame, Json.ReactionPayload, PartyErrorCodes.InvalidPayload) is not { } payload)
        {
            return ValueTask.CompletedTask;
        }

        if (ApiError.From(PartyInput.ValidateReaction(payload.Reaction)) is { } invalid)
        {
            return Fail(frame, invalid);
        }

        if (!Entity.Signal(new PartyReaction(_caller, Time, payload.Reaction!)))
        {
            return Fail(frame, new ApiError(503, "busy", "The party is busy; try again.", null, TimeSpan.FromSeconds(1)));
        }

        Acknowledge(frame, Seq);
        return ValueTask.CompletedTask;
    }

    private T? Payload<T>(ClientFrame frame, JsonTypeInfo<T> shape, string code)
        where T : class
    {
        string? field = null;
        try
        {
            if (frame.Payload is { ValueKind: JsonValueKind.Object } payload && payload.Deserialize(shape) is { } read)
            {
                return read;
            }
        }
        catch (JsonException exception)
        {
            field = RequestBody.FieldOf(exception);
        }

        SendError(ApiError.Of(code, field: field ?? "payload"), frame.Id);
        return null;
    }
}
