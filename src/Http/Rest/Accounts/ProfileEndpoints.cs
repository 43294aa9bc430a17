using AkkaParty.Accounts;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaParty.Http.Rest.Accounts;

/// <summary>What somebody with an account sees and changes of it.</summary>
internal static class ProfileEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/profile").WithTags("Accounts");
        group.MapGet(string.Empty, ShowAsync).Produces<UserBody>().AsAccountCall("Your account");
        group.MapPatch(string.Empty, ChangeAsync)
            .Accepts<ProfileChangeBody>("application/json")
            .Produces<UserBody>()
            .AsAccountCall("Changes your name and picture", 400, 413, 415);
        group.MapDelete(string.Empty, DeleteAsync)
            .Accepts<AccountDeletionBody>("application/json")
            .Produces(StatusCodes.Status204NoContent)
            .AsAccountCall("Deletes your account with its sessions, friends and playlists", 400, 403, 413, 415);
        group.MapGet("/export", ExportAsync)
            .Produces<AccountExportBody>()
            .AsAccountCall("Everything that is stored about your account and is no secret");
        group.MapPost("/password", ChangePasswordAsync)
            .Accepts<PasswordChangeBody>("application/json")
            .Produces<MessageBody>()
            .WithMetadata(TakesIdempotencyKey.Instance)
            .AsAccountCall("Changes your password and ends every other session", 400, 403, 413, 415, 422);
        group.MapGet("/sessions", SessionsAsync).Produces<SessionsBody>().AsAccountCall("Your sessions");
        group.MapDelete("/sessions", EndOthersAsync)
            .Produces<MessageBody>()
            .AsAccountCall("Ends every session of yours but this one");
        group.MapDelete("/sessions/{sessionId}", EndSessionAsync)
            .Produces(StatusCodes.Status204NoContent)
            .AsAccountCall("Ends a session of yours: its tokens hold no longer, its connections close", 404);
    }

    private static Task<IResult> ShowAsync(HttpContext context, AccountCalls calls, IAccounts accounts) =>
        calls.RunAsync(context, async (caller, stop) => await accounts.FindAsync(caller.Id, stop) is { } account
            ? Show(account)
            : new ProblemResult(AccountError.Of(AccountErrorCodes.AccountNotFound)));

    private static Task<IResult> ChangeAsync(HttpContext context, AccountCalls calls, IAccounts accounts) =>
        calls.RunAsync(context, AccountHttpJson.Wire.ProfileChangeBody, async (caller, body, stop) =>
        {
            if (AccountError.OfName(body.Name) is { } error)
            {
                return new ProblemResult(error);
            }

            var answer = await accounts.ChangeProfileAsync(caller.Id, new ProfileChange(body.Name, body.AvatarUrl), stop);
            return answer.IsDone ? Show(answer.Value) : new ProblemResult(AccountError.From(answer.Fault));
        });

    private static Task<IResult> DeleteAsync(HttpContext context, AccountCalls calls, IAccounts accounts) =>
        calls.RunAsync(context, AccountHttpJson.Wire.AccountDeletionBody, async (caller, body, stop) =>
        {
            if (body.Password is not { Length: > 0 } password)
            {
                return new ProblemResult(AccountCalls.Missing("password"));
            }

            var answer = await accounts.DeleteAsync(caller.Id, password, AccountCalls.OriginOf(context), stop);
            return answer.IsDone ? TypedResults.NoContent() : new ProblemResult(AccountError.OfProof(answer.Fault, "password"));
        });

    private static Task<IResult> ExportAsync(HttpContext context, AccountCalls calls, IAccounts accounts) =>
        calls.RunAsync(context, async (caller, stop) =>
        {
            var answer = await accounts.ExportAsync(caller.Id, stop);
            if (!answer.IsDone)
            {
                return new ProblemResult(AccountError.From(answer.Fault));
            }

            if (await WatchPartiesAsync(context, caller, stop) is not { } parties)
            {
                return new ProblemResult(AccountError.Unavailable);
            }

            var export = answer.Value;
            context.Response.Headers.ContentDisposition = "attachment; filename=\"akkaparty-account.json\"";
            return TypedResults.Json(
                new AccountExportBody(
                    UserBody.Of(export.Account),
                    [.. export.Sessions.Select(session => SessionBody.Of(session, caller.Session))],
                    FriendsBody.Of(export.Friends),
                    [.. export.Playlists.Select(PlaylistBody.Of)],
                    [.. parties.Select(WatchedPartyBody.Of)],
                    export.ExportedAt),
                AccountHttpJson.Wire.AccountExportBody);
        });

    // A server without watch parties has accounts all the same.
    private static async ValueTask<IReadOnlyList<WatchPartyOfMember>?> WatchPartiesAsync(
        HttpContext context, AccountCaller caller, CancellationToken stop)
    {
        try
        {
            return context.RequestServices.GetService<IWatchParties>() is { } parties
                ? await parties.ListOfMemberAsync(caller.UserId, stop)
                : [];
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }

    private static Task<IResult> ChangePasswordAsync(HttpContext context, AccountCalls calls, IAccounts accounts) =>
        calls.RunAsync(context, AccountHttpJson.Wire.PasswordChangeBody, async (caller, body, stop) =>
        {
            if (body.CurrentPassword is not { Length: > 0 } current)
            {
                return new ProblemResult(AccountCalls.Missing("current_password"));
            }

            if (body.NewPassword is not { Length: > 0 } next)
            {
                return new ProblemResult(AccountCalls.Missing("new_password"));
            }

            var (key, error) = IdempotencyKey.Read(context.Request, $"password {caller.UserId}");
            if (error is not null)
            {
                return new ProblemResult(error);
            }

            var answer = await accounts.ChangePasswordAsync(
                caller.Id, caller.Session, current, next, key?.Derive("password").ToString("N"), AccountCalls.OriginOf(context), stop);
            return answer.IsDone
                ? Say("password changed successfully")
                : new ProblemResult(AccountError.OfProof(answer.Fault, "current_password"));
        });

    private static Task<IResult> SessionsAsync(HttpContext context, AccountCalls calls, ISessions sessions) =>
        calls.RunAsync(context, async (caller, stop) =>
        {
            var all = await sessions.ListAsync(caller.Id, stop);
            return TypedResults.Json(
                new SessionsBody([.. all.Select(session => SessionBody.Of(session, caller.Session))]), AccountHttpJson.Wire.SessionsBody);
        });

    private static Task<IResult> EndOthersAsync(HttpContext context, AccountCalls calls, ISessions sessions) =>
        calls.RunAsync(context, async (caller, stop) =>
            Say($"{await sessions.RevokeAllAsync(caller.Id, caller.Session, stop)} other sessions were ended"));

    private static Task<IResult> EndSessionAsync(string sessionId, HttpContext context, AccountCalls calls, ISessions sessions) =>
        calls.RunAsync(context, async (caller, stop) =>
        {
            if (!Guid.TryParseExact(sessionId, "D", out var id))
            {
                return new ProblemResult(AccountError.Of(AccountErrorCodes.SessionNotFound));
            }

            var answer = await sessions.RevokeAsync(caller.Id, id, stop);
            return answer.IsDone ? TypedResults.NoContent() : new ProblemResult(AccountError.From(answer.Fault));
        });

    private static JsonHttpResult<UserBody> Show(Account account) =>
        TypedResults.Json(UserBody.Of(account), AccountHttpJson.Wire.UserBody);

    private static JsonHttpResult<MessageBody> Say(string message) =>
        TypedResults.Json(new MessageBody(message), AccountHttpJson.Wire.MessageBody);
}
