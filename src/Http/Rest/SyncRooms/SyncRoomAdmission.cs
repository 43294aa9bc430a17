using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Rest.WatchParties;
using AkkaParty.Protocol.WatchParties;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AkkaParty.Http.Rest.SyncRooms;

/// <summary>Creating, joining, reading and changing rooms.</summary>
internal sealed class SyncRoomAdmission(
    WatchCalls calls, WatchCreation creation, WatchEntrance entrance, WatchDoor door, SyncRoomShown shown)
{
    private static readonly WatchSettings Defaults = new() { Controls = WatchControls.Everyone };
    private static readonly ApiError NoMovie =
        ApiError.Invalid("movie_id: a film (movie_id) or a media item (media) is required", "movie_id");

    /// <summary>Creates a room.</summary>
    /// <param name="context">The request.</param>
    /// <returns>201, or the error.</returns>
    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, null, WatchNeed.Account, BodyNeed.Required);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var inputs = call.Inputs;
        var name = inputs.Title("name", true) ?? string.Empty;
        var movie = MediaInputs.ReadMovie(inputs, name);
        var wanted = new WantedWatchParty(
            name,
            inputs.Description(),
            inputs.Settings(Defaults).Settings,
            movie is null ? [] : [movie],
            inputs.MemberId("playlist_id", false) is { } playlist ? Guid.ParseExact(playlist, "D") : null,
            inputs.NewPassword());
        if ((inputs.ToError() ?? (movie is null && wanted.PlaylistId is null ? NoMovie : null)) is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (party, refused) = await creation.CreateAsync(call, wanted);
        if (party is null)
        {
            return new ProblemResult(refused!);
        }

        context.Response.Headers.Location = $"/api/v1/rooms/{party.Id}";
        return Created(call, party, "Room created successfully", StatusCodes.Status201Created);
    }

    /// <summary>Shows a room.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> ShowAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Anybody);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var (party, refused) = await entrance.ReadAsync(call);
        return party is null
            ? new ProblemResult(refused!)
            : TypedResults.Json(shown.Room(context.Request, party, call.Actor.MemberId), WatchHttpJson.Wire.SyncRoomBody);
    }

    /// <summary>Changes a room; what is left out stays.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> UpdateAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Somebody, BodyNeed.Required);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var (party, refused) = await WatchChanges.UpdateAsync(call, call.Inputs.Title("name", false));
        return party is null ? new ProblemResult(refused!) : Created(call, party, "Room updated successfully");
    }

    /// <summary>Joins a room by its id.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="context">The request.</param>
    /// <param name="body">Which body it has.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> JoinAsync(string id, HttpContext context, BodyNeed body)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Account, body);
        return call is null ? new ProblemResult(error!) : await EnterAsync(call, null);
    }

    /// <summary>Joins a room by an invitation.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">Which body it has: without one, the token stands in the query.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> JoinByTokenAsync(HttpContext context, BodyNeed body)
    {
        var (call, error) = await calls.OpenAsync(context, null, WatchNeed.Account, body);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var token = body == BodyNeed.None
            ? context.Request.Query["token"].ToString()
            : call.Inputs.Body.Text("invite_token", WatchInputs.TitleMax, min: 0) ?? string.Empty;
        if (token.Length == 0)
        {
            return new ProblemResult(ApiError.Invalid("Invitation token is required", body == BodyNeed.None ? "token" : "invite_token"));
        }

        var (roomId, lost) = await entrance.FindAsync(token);
        if (roomId is null)
        {
            return new ProblemResult(
                lost!.Status == StatusCodes.Status404NotFound ? ApiError.Invalid("invalid invitation token", "invite_token") : lost);
        }

        return await EnterAsync(call with { Party = door.Party(roomId) }, token);
    }

    private async Task<IResult> EnterAsync(WatchCall call, string? code)
    {
        var password = call.Inputs.Password();
        if (call.Inputs.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (party, refused) = await entrance.JoinAsync(call, code, password);
        return party is null
            ? new ProblemResult(refused!.Code is WatchErrorCodes.NotAParticipant ? ApiError.Of(WatchErrorCodes.AccessNeeded) : refused)
            : Created(call, party, "Successfully joined the room");
    }

    private JsonHttpResult<RoomCreatedBody> Created(
        WatchCall call, WatchPartyView party, string message, int status = StatusCodes.Status200OK) => TypedResults.Json(
        new RoomCreatedBody(shown.Room(call.Context.Request, party, call.Actor.MemberId), message),
        WatchHttpJson.Wire.RoomCreatedBody,
        statusCode: status);
}
