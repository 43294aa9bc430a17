using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>Creating, joining and reading watch parties on their own surface.</summary>
internal sealed class WatchAdmission(WatchCalls calls, WatchCreation creation, WatchEntrance entrance, WatchDoor door, WatchShown shown)
{
    /// <summary>Creates a party.</summary>
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
        var wanted = new WantedWatchParty(
            inputs.Title("title", true) ?? string.Empty,
            inputs.Description(),
            inputs.Settings(new WatchSettings()).Settings,
            MediaInputs.ReadList(inputs),
            inputs.MemberId("playlist_id", false) is { } playlist ? Guid.ParseExact(playlist, "D") : null,
            inputs.NewPassword());
        if (inputs.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var (party, refused) = await creation.CreateAsync(call, wanted);
        if (party is null)
        {
            return new ProblemResult(refused!);
        }

        context.Response.Headers.Location = $"/api/v1/watch-parties/{party.Id}";
        return WatchAnswer.Of(
            new WatchCreatedBody(
                party.Id, party.InviteCode!, shown.InviteUrl(context.Request, party.InviteCode)!, shown.Party(context.Request, party)),
            WatchHttpJson.Wire.WatchSuccessWatchCreatedBody,
            StatusCodes.Status201Created);
    }

    /// <summary>Joins a party.</summary>
    /// <param name="codeOrId">Its code, or its id where the caller may see it.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> JoinAsync(string codeOrId, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, null, WatchNeed.Account, BodyNeed.Optional);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        var password = call.Inputs.Password();
        if (call.Inputs.ToError() is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var isId = WatchDoor.TryParse(codeOrId, out var partyId);
        if (!isId)
        {
            (partyId, var lost) = await entrance.FindAsync(codeOrId);
            if (partyId is null)
            {
                return new ProblemResult(lost!);
            }
        }

        var (party, refused) = await entrance.JoinAsync(call with { Party = door.Party(partyId!) }, isId ? null : codeOrId, password);
        return party is null
            ? new ProblemResult(refused!)
            : WatchAnswer.Of(
                new WatchJoinedBody(shown.Party(context.Request, party), shown.InviteUrl(context.Request, party.InviteCode)),
                WatchHttpJson.Wire.WatchSuccessWatchJoinedBody);
    }

    /// <summary>Shows a party.</summary>
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
            : WatchAnswer.Of(shown.Party(context.Request, party), WatchHttpJson.Wire.WatchSuccessWatchPartyBody);
    }
}
