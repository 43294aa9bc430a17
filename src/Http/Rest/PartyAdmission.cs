using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest;

/// <summary>
/// Creating and joining: open to everybody, limited per client. With a key, a retry meets the same party and the same
/// participant, who get a fresh token.
/// </summary>
internal sealed class PartyAdmission(PartyDoor door, AccountDoor accounts, CallRate rates, HttpOptions options, TimeProvider time)
{
    /// <summary>Creates a party.</summary>
    /// <param name="context">The request.</param>
    /// <returns>201, or the error.</returns>
    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var (body, fingerprint, key, error) = await ReadAsync(context, CallKind.Create, "create", HttpJson.Wire.CreatePartyBody);
        error ??= ApiError.From(PartyInput.ValidateName(body!.Name));
        error ??= body!.Username is null ? null : ApiError.From(PartyInput.ValidateUsername(body.Username));
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        var (account, unknown) = await accounts.FindLinkedAsync(context.Request);
        if (unknown is not null)
        {
            return new ProblemResult(unknown);
        }

        var partyId = (key?.Derive("party") ?? Guid.CreateVersion7(time.GetUtcNow())).ToString("D");
        var hostId = (key?.Derive("host") ?? Guid.CreateVersion7(time.GetUtcNow())).ToString("D");
        var token = new FreshToken(partyId, time.GetUtcNow() + options.TokenLifetime);
        var command = new CreateParty(
            time.GetUtcNow(),
            TextRules.Clean(body!.Name!),
            hostId,
            TextRules.Clean(body.Username ?? CreateParty.DefaultHostName),
            token.Hash,
            token.ExpiresAt,
            body.OpenWatchParty is { } opens ? options.Parties with { OpenWatchParty = opens } : options.Parties)
        {
            Fingerprint = fingerprint,
            AccountId = account?.UserId,
        };
        var result = await door.Party(partyId).AskAsync(command, key?.CommandId);
        if (IdempotencyKey.Failure(result, fingerprint) is { } failure)
        {
            return new ProblemResult(failure);
        }

        var opened = (PartyOpened)result.Reply!;
        var (party, unseen) = await AdmitAsync(door.Party(partyId), opened.HostId, opened.Party, token, key, result.Seq);
        if (party is null)
        {
            return new ProblemResult(unseen!);
        }

        PartyAnswer.SetTag(context, party.Seq);
        context.Response.Headers.Location = $"/api/party/{partyId}";
        return TypedResults.Json(
            new PartyCreatedBody(partyId, opened.HostId, party, token.Text, token.ExpiresAt),
            HttpJson.Wire.PartyCreatedBody,
            statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Joins a party.</summary>
    /// <param name="partyIdText">The party asked for.</param>
    /// <param name="context">The request.</param>
    /// <returns>201, or the error.</returns>
    public async Task<IResult> JoinAsync(string partyIdText, HttpContext context)
    {
        if (!door.TryFind(partyIdText, out var partyId, out var partyRef))
        {
            return new ProblemResult(rates.Check(context, CallKind.Join) ?? ApiError.Of(PartyErrorCodes.PartyNotFound));
        }

        var (body, fingerprint, key, error) = await ReadAsync(context, CallKind.Join, $"join {partyId}", HttpJson.Wire.JoinPartyBody);
        error ??= ApiError.From(PartyInput.ValidateUsername(body!.Username));
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        var (account, unknown) = await accounts.FindLinkedAsync(context.Request);
        if (unknown is not null)
        {
            return new ProblemResult(unknown);
        }

        var userId = (key?.Derive("user") ?? Guid.CreateVersion7(time.GetUtcNow())).ToString("D");
        var token = new FreshToken(partyId, time.GetUtcNow() + options.TokenLifetime);
        var command = new JoinParty(time.GetUtcNow(), userId, TextRules.Clean(body!.Username!), token.Hash, token.ExpiresAt)
        {
            Fingerprint = fingerprint,
            AccountId = account?.UserId,
        };
        var result = await partyRef.AskAsync(command, key?.CommandId);
        if (IdempotencyKey.Failure(result, fingerprint) is { } failure)
        {
            return new ProblemResult(failure);
        }

        var entered = (PartyEntered)result.Reply!;
        var (party, unseen) = await AdmitAsync(partyRef, entered.UserId, entered.Party, token, key, result.Seq);
        if (party is null)
        {
            return new ProblemResult(unseen!);
        }

        PartyAnswer.SetTag(context, party.Seq);
        return TypedResults.Json(
            new PartyJoinedBody(
                entered.UserId,
                party.Participants.GetValueOrDefault(entered.UserId) ?? entered.Participant,
                party,
                token.Text,
                token.ExpiresAt),
            HttpJson.Wire.PartyJoinedBody,
            statusCode: StatusCodes.Status201Created);
    }

    private async ValueTask<(TBody? Body, string? Fingerprint, IdempotencyKey? Key, ApiError? Error)> ReadAsync<TBody>(
        HttpContext context, CallKind kind, string scope, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TBody> shape)
        where TBody : class
    {
        if (rates.Check(context, kind) is { } limited)
        {
            return (null, null, null, limited);
        }

        var (key, keyError) = IdempotencyKey.Read(context.Request, scope);
        if (keyError is not null)
        {
            return (null, null, null, keyError);
        }

        var (body, bytes, error) = await RequestBody.ReadAsync(context, shape, options.BodyMaxBytes);
        return (body, key is null ? null : IdempotencyKey.Fingerprint(context.Request, bytes.Span), key, error);
    }

    // A first call's token came in with its command. A retry was answered from memory, so its token is still to be issued.
    private async ValueTask<(PartyView? Party, ApiError? Error)> AdmitAsync(
        EntityRef party, string userId, PartyView then, FreshToken token, IdempotencyKey? key, long seq)
    {
        if (key is null)
        {
            return (then, null);
        }

        var known = await party.QueryAsync(new AuthenticateCaller(token.Hash, time.GetUtcNow()), seq);
        if (known.Outcome == AskOutcome.Replied)
        {
            return (then, null);
        }

        if (known.Outcome != AskOutcome.Rejected)
        {
            return (null, ApiError.From(known));
        }

        var issued = await party.AskAsync(new IssueToken(time.GetUtcNow(), userId, null, token.Hash, token.ExpiresAt));
        return issued.Outcome == AskOutcome.Replied
            ? await PartyAnswer.ReadAsync(party, issued.Seq)
            : (null, ApiError.From(issued));
    }

    private sealed class FreshToken
    {
        public FreshToken(string partyId, DateTimeOffset expiresAt)
        {
            Text = PartyToken.New(partyId);
            Hash = TokenHash.Of(Text);
            ExpiresAt = expiresAt;
        }

        public string Text { get; }

        public string Hash { get; }

        public DateTimeOffset ExpiresAt { get; }
    }
}
