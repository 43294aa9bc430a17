using AkkaParty.Accounts.Storing;
using AkkaParty.Accounts.Tokens;

namespace AkkaParty.Accounts.Sessions;

/// <summary>Sessions in the database.</summary>
internal sealed class StoredSessions(
    IAccountDatabase database,
    AccessTokens tokens,
    SigningKeys keys,
    GrantCache grants,
    RevocationWatch watch,
    AccountMetrics metrics,
    TimeProvider time) : ISessions
{
    /// <inheritdoc />
    public async ValueTask<AccountAnswer<AccessGrant>> VerifyAsync(string accessToken, CancellationToken cancellationToken)
    {
        var answer = await CheckAsync(accessToken, cancellationToken);
        metrics.Checked(answer.Fault);
        return answer;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<AccountSession>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            "Listing sessions", db => SessionTable.ListAsync(db, accountId, Instants.Now(time)), cancellationToken);
        return [.. rows.Select(row => row.ToSession())];
    }

    /// <inheritdoc />
    public async Task<AccountAnswer<Done>> RevokeAsync(Guid accountId, Guid sessionId, CancellationToken cancellationToken)
    {
        var isRevoked = await database.WriteAsync(
            "Ending a session",
            db => SessionTable.RevokeAsync(db, Ids.Text(accountId), Ids.Text(sessionId), Instants.Now(time)),
            cancellationToken);
        if (!isRevoked)
        {
            return AccountFaults.SessionNotFound;
        }

        Ended(sessionId);
        return Done.Value;
    }

    /// <inheritdoc />
    public async Task<int> RevokeAllAsync(Guid accountId, Guid? exceptSessionId, CancellationToken cancellationToken)
    {
        var ended = await database.WriteAsync(
            "Ending sessions",
            db => SessionTable.RevokeAllAsync(db, accountId, exceptSessionId, Instants.Now(time)),
            cancellationToken);
        Ended(ended);
        return ended.Count;
    }

    /// <inheritdoc />
    public IDisposable Watch(Guid sessionId, Action revoked) => watch.Watch(sessionId, revoked);

    /// <inheritdoc />
    public async Task<IReadOnlyList<PublishedKey>> PublishedKeysAsync(CancellationToken cancellationToken) =>
        await keys.PublishedAsync(cancellationToken);

    /// <summary>Tells this node at once that sessions have ended; the others find out.</summary>
    public void Ended(IEnumerable<string> sessionIds)
    {
        foreach (var sessionId in sessionIds)
        {
            Ended(Ids.Of(sessionId));
        }
    }

    private void Ended(Guid sessionId)
    {
        grants.Forget(sessionId);
        watch.Tell(sessionId);
    }

    private async ValueTask<AccountAnswer<AccessGrant>> CheckAsync(string accessToken, CancellationToken cancellationToken)
    {
        var verified = await tokens.VerifyAsync(accessToken, cancellationToken);
        if (!verified.IsDone)
        {
            return verified.Fault;
        }

        var claims = verified.Value;
        var row = await grants.FindAsync(claims.SessionId, cancellationToken);
        return row is null || Ids.Of(row.AccountId) != claims.AccountId
            ? AccountFaults.TokenRevoked
            : new AccessGrant(
                claims.AccountId,
                row.Number,
                row.Name,
                row.Email,
                row.AvatarUrl,
                (AccountRole)row.Role,
                claims.SessionId,
                claims.ExpiresAt);
    }
}
