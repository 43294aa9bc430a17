using AkkaParty.Accounts;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>What hosts change that takes more than one question: settings, and whom they invite. For both surfaces.</summary>
internal sealed class WatchChanges(WatchCalls calls, WatchShown shown, IAccounts accounts)
{
    private const int EmailMax = 254;

    /// <summary>Changes a party's title, description, settings and password; what is left out stays.</summary>
    /// <param name="call">The call.</param>
    /// <param name="title">The new title; null leaves it.</param>
    /// <returns>The party, or the error.</returns>
    public static async ValueTask<(WatchPartyView? Party, ApiError? Error)> UpdateAsync(WatchCall call, string? title)
    {
        // The settings are replaced as a whole: what the body does not say is what they are.
        var (known, unknown) = await WatchCalls.QueryAsync(call, new GetWatchParty(call.Actor, call.At));
        if (unknown is not null)
        {
            return (null, unknown);
        }

        var (settings, isAny) = call.Inputs.Settings(((WatchPartyChanged)known.Reply!).Party.Settings);
        var (description, password) = (call.Inputs.Description(), call.Inputs.NewPassword());
        if (call.Inputs.ToError() is { } wrong)
        {
            return (null, wrong);
        }

        var hash = password is null ? null : password.Length == 0 ? string.Empty : WatchPasswords.Hash(password);
        var command = new UpdateWatchParty(call.At, call.Actor, title, description, isAny ? settings : null, hash);
        var (result, refused) = await WatchCalls.AskAsync(call, command);
        return refused is null ? (((WatchPartyChanged)result.Reply!).Party, null) : (null, refused);
    }

    /// <summary>Changes settings over the party's own surface.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> PatchAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Somebody, BodyNeed.Required);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var (party, refused) = await UpdateAsync(call, call.Inputs.Title("title", false));
        return party is null
            ? new ProblemResult(refused!)
            : WatchAnswer.Of(shown.Party(context.Request, party), WatchHttpJson.Wire.WatchSuccessWatchPartyBody);
    }

    /// <summary>
    /// Lets an account in before it asks. An e-mail that no account has is answered as one that has: so nobody learns who has an account.
    /// </summary>
    /// <param name="call">The call, by the host, naming an account by <c>user_id</c> or <c>email</c>.</param>
    /// <returns>The error, or null when it was done.</returns>
    public async ValueTask<ApiError?> InviteAsync(WatchCall call)
    {
        var email = call.Inputs.Body.Text("email", EmailMax);
        var userId = email is null ? call.Inputs.MemberId("user_id") : null;
        _ = call.Inputs.Message();
        if ((call.Inputs.ToError() ?? await RefuseOthersAsync(call)) is { } refused)
        {
            return refused;
        }

        var account = email is not null
            ? await accounts.FindByEmailAsync(email, call.Context.RequestAborted)
            : await accounts.FindAsync(Guid.ParseExact(userId!, "D"), call.Context.RequestAborted);
        if (account is null)
        {
            return email is null ? AccountError.Of(AccountErrorCodes.AccountNotFound, field: "user_id") : null;
        }

        var person = new WatchPerson(account.Id.ToString("D"), account.Name, false, account.AvatarUrl, account.Email);
        return (await WatchCalls.AskAsync(call, new InviteToWatchParty(call.At, call.Actor, person))).Error;
    }

    /// <summary>Invites over the party's own surface.</summary>
    /// <param name="id">The party.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> InviteAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Somebody, BodyNeed.Required);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        return await InviteAsync(call) is { } refused ? new ProblemResult(refused) : WatchAnswer.Message("Invitation sent successfully");
    }

    // Before anybody is looked up: only a host may find out whether there is an account of an id.
    private static async ValueTask<ApiError?> RefuseOthersAsync(WatchCall call)
    {
        if (call.Actor.IsAdmin)
        {
            return null;
        }

        var (result, refused) = await WatchCalls.QueryAsync(call, new GetWatchSeat(call.Actor, call.At));
        return refused ?? (((WatchSeat)result.Reply!).Member.Role == WatchRole.Host ? null : ApiError.Of(WatchErrorCodes.WatchHostOnly));
    }
}
