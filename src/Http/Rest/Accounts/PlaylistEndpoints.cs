using System.Globalization;
using AkkaParty.Accounts;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest.Accounts;

/// <summary>Saved playlists: everybody has their own, and a watch party can begin with one.</summary>
internal static class PlaylistEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/playlists").WithTags("Playlists");
        group.MapGet(string.Empty, ListAsync).Produces<PlaylistsBody>().AsAccountCall("Your playlists, without their items");
        group.MapPost(string.Empty, CreateAsync)
            .WithMetadata(TakesIdempotencyKey.Instance)
            .Accepts<PlaylistChangeBody>("application/json")
            .Produces<PlaylistBody>(StatusCodes.Status201Created)
            .AsAccountCall("Makes a playlist", 400, 409, 413, 415, 422);
        group.MapGet("/{playlistId}", ShowAsync)
            .Produces<PlaylistBody>()
            .Produces(StatusCodes.Status304NotModified)
            .AsAccountCall("A playlist of yours", 404);
        group.MapPatch("/{playlistId}", ChangeAsync)
            .Accepts<PlaylistChangeBody>("application/json")
            .Produces<PlaylistBody>()
            .AsAccountCall("Changes a playlist; with If-Match only when nobody else has meanwhile", 400, 404, 412, 413, 415);
        group.MapDelete("/{playlistId}", DeleteAsync)
            .Produces(StatusCodes.Status204NoContent)
            .AsAccountCall("Deletes a playlist", 404);
    }

    private static Task<IResult> ListAsync(HttpContext context, AccountCalls calls, IPlaylists playlists) =>
        calls.RunAsync(context, async (caller, stop) => TypedResults.Json(
            new PlaylistsBody([.. (await playlists.ListAsync(caller.Id, stop)).Select(PlaylistSummaryBody.Of)]),
            AccountHttpJson.Wire.PlaylistsBody));

    private static Task<IResult> CreateAsync(HttpContext context, AccountCalls calls, IPlaylists playlists, TimeProvider time) =>
        calls.RunAsync(context, AccountHttpJson.Wire.PlaylistChangeBody, async (caller, body, stop) =>
        {
            var (key, error) = IdempotencyKey.Read(context.Request, $"playlist {caller.UserId}");
            var (change, wrong) = body.Read();
            if ((error ?? wrong) is { } refused)
            {
                return new ProblemResult(refused);
            }

            var id = key?.Derive("playlist") ?? Guid.CreateVersion7(time.GetUtcNow());
            var answer = await playlists.CreateAsync(caller.Id, id, change!, stop);
            if (!answer.IsDone)
            {
                return new ProblemResult(AccountError.From(answer.Fault));
            }

            var playlist = answer.Value;
            if (key is not null && playlist.Version == 1 && playlist.Name != TextRules.Clean(body.Name ?? string.Empty))
            {
                return new ProblemResult(IdempotencyKey.Reused);
            }

            context.Response.Headers.Location = $"/api/v1/playlists/{playlist.Id:D}";
            return Show(context, playlist, StatusCodes.Status201Created);
        });

    private static Task<IResult> ShowAsync(string playlistId, HttpContext context, AccountCalls calls, IPlaylists playlists) =>
        calls.RunAsync(context, async (caller, stop) =>
        {
            if (!Guid.TryParseExact(playlistId, "D", out var id) || await playlists.FindAsync(caller.Id, id, stop) is not { } playlist)
            {
                return NotFound();
            }

            return EntityTag.IsKnown(context, playlist.Version)
                ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
                : Show(context, playlist);
        });

    private static Task<IResult> ChangeAsync(string playlistId, HttpContext context, AccountCalls calls, IPlaylists playlists) =>
        calls.RunAsync(context, AccountHttpJson.Wire.PlaylistChangeBody, async (caller, body, stop) =>
        {
            var (change, wrong) = body.Read();
            if (!TryReadVersion(context.Request, out var version))
            {
                wrong ??= ApiError.Invalid("If-Match must be the ETag of a playlist.", "If-Match");
            }

            if (wrong is not null)
            {
                return new ProblemResult(wrong);
            }

            if (!Guid.TryParseExact(playlistId, "D", out var id))
            {
                return NotFound();
            }

            var answer = await playlists.ChangeAsync(caller.Id, id, change!, version, stop);
            return answer.IsDone ? Show(context, answer.Value) : new ProblemResult(AccountError.From(answer.Fault));
        });

    private static Task<IResult> DeleteAsync(string playlistId, HttpContext context, AccountCalls calls, IPlaylists playlists) =>
        calls.RunAsync(context, async (caller, stop) =>
        {
            if (!Guid.TryParseExact(playlistId, "D", out var id))
            {
                return NotFound();
            }

            var answer = await playlists.DeleteAsync(caller.Id, id, stop);
            return answer.IsDone ? TypedResults.NoContent() : new ProblemResult(AccountError.From(answer.Fault));
        });

    private static bool TryReadVersion(HttpRequest request, out long? version)
    {
        version = null;
        if (request.Headers.IfMatch is not [{ } text, ..] || text == "*")
        {
            return true;
        }

        if (text is not ['"', .. { Length: > 0 } digits, '"']
            || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        version = number;
        return true;
    }

    private static ProblemResult NotFound() => new(AccountError.Of(AccountErrorCodes.PlaylistNotFound));

    private static JsonHttpResult<PlaylistBody> Show(HttpContext context, Playlist playlist, int status = StatusCodes.Status200OK)
    {
        EntityTag.Set(context, playlist.Version);
        return TypedResults.Json(PlaylistBody.Of(playlist), AccountHttpJson.Wire.PlaylistBody, statusCode: status);
    }
}
