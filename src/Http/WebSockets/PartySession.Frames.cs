using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Rest;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Http.WebSockets;

/// <summary>What each frame of a client does.</summary>
internal sealed partial class PartySession
{
    private DateTimeOffset Time => Shared.Time.GetUtcNow();

    private ValueTask RunAsync(ClientFrame frame) => frame.Type switch
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
        ClientFrameTypes.LeaveParty => AskAsync(frame, new LeaveParty(Time, _caller)),
        _ => Fail(frame, ApiError.Of(PartyErrorCodes.UnknownMessageType, field: "type")),
    };

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

        if (!_party.Signal(new PartyReaction(_caller, Time, payload.Reaction!)))
        {
            return Fail(frame, new ApiError(503, "busy", "The party is busy; try again.", null, TimeSpan.FromSeconds(1)));
        }

        Acknowledge(frame, Volatile.Read(ref _seq));
        return ValueTask.CompletedTask;
    }

    private async ValueTask AskAsync(ClientFrame frame, PartyCommand command)
    {
        var before = Volatile.Read(ref _seq);
        var result = await _party.AskAsync(command, frame.Id is { } number ? new CommandId(_commands, number) : null);
        if (result.Outcome != AskOutcome.Replied)
        {
            SendError(ApiError.From(result), frame.Id);
            if (result.Rejection?.Code == PartyErrorCodes.InvalidToken)
            {
                Close(CloseCodes.TokenRevoked, dropPending: false);
            }

            return;
        }

        if (frame.Id is not null)
        {
            if (await IsShownAsync(result.Seq))
            {
                Acknowledge(frame, result.Seq);
            }
            else
            {
                Close(CloseCodes.Unavailable, dropPending: false);
            }
        }
        else if (result.Seq <= before)
        {
            // Nothing changed, so no update comes of itself; a client that waits for one gets the state once more.
            await ShowAsync();
        }
    }

    private async ValueTask ShowAsync()
    {
        var (view, _) = await PartyAnswer.ReadAsync(_party, Volatile.Read(ref _seq));
        if (view is not null)
        {
            Send(new PartyUpdateFrame(new PartyUpdatePayload(view), view.Seq), Json.PartyUpdateFrame);
        }
    }

    private void Acknowledge(ClientFrame frame, long seq)
    {
        if (frame.Id is { } id)
        {
            Send(new AckFrame(new AckPayload(id, seq)), Json.AckFrame);
        }
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

    private ValueTask Fail(ClientFrame frame, ApiError error)
    {
        SendError(error, frame.Id);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(EventId = 3110, Level = LogLevel.Error, Message = "A frame of type {Type} failed")]
    private static partial void FrameFailed(ILogger logger, Exception exception, string? type);
}
