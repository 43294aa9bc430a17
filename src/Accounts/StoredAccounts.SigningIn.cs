using AkkaParty.Accounts.Passwords;
using AkkaParty.Accounts.Storing;
using AkkaParty.Accounts.Tokens;

namespace AkkaParty.Accounts;

/// <summary>Signing in and out.</summary>
internal sealed partial class StoredAccounts
{
    /// <inheritdoc />
    public async Task<AccountAnswer<SignIn>> LogInAsync(
        string email, string password, Origin origin, CancellationToken cancellationToken)
    {
        // What is no e-mail is nobody's, and goes the same way as one.
        var emailKey = AccountInput.EmailKey(AccountInput.Email(email) ?? "nobody");
        var (row, isOutdated, fault) = await guard.CheckAsync(
            emailKey, password, origin.Address, AccountFaults.InvalidCredentials, cancellationToken);
        var answer = row is null
            ? fault ?? AccountFaults.InvalidCredentials
            : await BeginSessionAsync(row, isOutdated ? password : null, origin, cancellationToken);
        metrics.LoggedIn(answer.Fault);
        return answer;
    }

    /// <inheritdoc />
    public async Task<AccountAnswer<SignIn>> RefreshAsync(
        string refreshToken, string? idempotencyKey, Origin origin, CancellationToken cancellationToken)
    {
        var key = await keys.CurrentAsync(cancellationToken);
        var hash = RandomTokens.HashOf(refreshToken);
        var useKey = idempotencyKey is null ? null : RandomTokens.HashOf(idempotencyKey);
        var next = RandomTokens.Create();
        var (outcome, sessionId, account, expiresAt) = await database.WriteAsync(
            "Refreshing a session",
            db => ExchangeAsync(db, hash, useKey, RandomTokens.HashOf(next), Kept(origin)),
            cancellationToken);
        metrics.Refreshed(outcome);
        if (outcome == Reused)
        {
            sessions.Ended([sessionId]);
        }

        return account is null
            ? AccountFaults.InvalidRefreshToken
            : Signed(key, account.ToAccount(), Ids.Of(sessionId), next, expiresAt);
    }

    /// <inheritdoc />
    public async Task LogOutAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var hash = RandomTokens.HashOf(refreshToken);
        var ended = await database.WriteAsync(
            "Logging out",
            async db => await RefreshTokenTable.LockAsync(db, hash) is { } token
                && await SessionTable.LockAsync(db, token.SessionId) is { } session
                && await SessionTable.RevokeAsync(db, session.AccountId, session.Id, Instants.Now(time))
                    ? session.Id
                    : null,
            cancellationToken);
        if (ended is not null)
        {
            sessions.Ended([ended]);
        }
    }

    /// <inheritdoc />
    public async Task<AccountAnswer<Done>> ChangePasswordAsync(
        Guid id,
        Guid sessionId,
        string current,
        string next,
        string? idempotencyKey,
        Origin origin,
        CancellationToken cancellationToken)
    {
        var known = await database.ReadAsync("Reading an account", db => AccountTable.FindAsync(db, id), cancellationToken);
        if (known is null)
        {
            return AccountFaults.AccountNotFound;
        }

        if (PasswordRules.Check(next, known.Email) is { } broken)
        {
            return broken with { Field = "new_password" };
        }

        var changeKey = idempotencyKey is null ? null : RandomTokens.HashOf(idempotencyKey);
        if (IsRepeated(known, changeKey))
        {
            return await RepeatedAsync(known, next, cancellationToken);
        }

        var emailKey = known.EmailKey;
        var (row, _, fault) = await guard.CheckAsync(
            emailKey, current, origin.Address, AccountFaults.WrongPassword, cancellationToken);
        if (row is null)
        {
            return fault ?? AccountFaults.WrongPassword;
        }

        var hash = await passwords.HashAsync(next, cancellationToken);
        var ended = await database.WriteAsync(
            "Changing a password",
            async db =>
            {
                // Another change since then would be undone by this one.
                if (await AccountTable.LockAsync(db, id) is not { } now || now.PasswordHash != row.PasswordHash)
                {
                    return null;
                }

                await AccountTable.ChangePasswordAsync(db, now.Id, hash);
                await AccountTable.NoteChangeAsync(db, now.Id, changeKey, Instants.Now(time));
                await LogInGuard.ForgetAsync(db, emailKey);
                return await SessionTable.RevokeAllAsync(db, id, sessionId, Instants.Now(time));
            },
            cancellationToken);
        if (ended is null)
        {
            return AccountFaults.WrongPassword;
        }

        sessions.Ended(ended);
        return Done.Value;
    }

    private const string Reused = "reused";

    private const string Invalid = "invalid";

    private bool IsRepeated(AccountRow account, string? changeKey) =>
        changeKey is not null
        && account.PasswordKey == changeKey
        && Instants.Now(time) - account.PasswordChangedAt < Instants.Span(RepeatableFor);

    /// <summary>The password until then is nowhere any more; the key and the new one together are as good a proof.</summary>
    private async Task<AccountAnswer<Done>> RepeatedAsync(AccountRow account, string next, CancellationToken cancellationToken) =>
        (await passwords.VerifyAsync(account.PasswordHash, next, cancellationToken)).IsRight ? Done.Value : AccountFaults.KeyReused;

    private static Origin Kept(Origin origin) => new(
        origin.Address.Length <= 64 ? origin.Address : origin.Address[..64], AccountInput.Client(origin.Client));

    private long RefreshExpiry(long now) => now + Instants.Span(options.RefreshTokenLifetime);

    /// <summary>A session is remembered for as long as any of its tokens may hold.</summary>
    private long SessionExpiry(long now) => Math.Max(RefreshExpiry(now), now + Instants.Span(options.AccessTokenLifetime));

    private async Task<AccountAnswer<SignIn>> BeginSessionAsync(
        AccountRow row, string? rehash, Origin origin, CancellationToken cancellationToken)
    {
        var key = await keys.CurrentAsync(cancellationToken);
        var newHash = rehash is null ? null : await passwords.HashAsync(rehash, cancellationToken);
        var token = RandomTokens.Create();
        var now = Instants.Now(time);
        var kept = Kept(origin);
        var session = new SessionRow
        {
            Id = Ids.Text(Guid.CreateVersion7(time.GetUtcNow())),
            AccountId = row.Id,
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = SessionExpiry(now),
            Address = kept.Address,
            Client = kept.Client,
        };
        var (account, ended) = await database.WriteAsync(
            "Beginning a session",
            async db =>
            {
                // The password may have been changed, or the account deleted, while the old one was checked.
                if (await AccountTable.LockAsync(db, Ids.Of(row.Id)) is not { } current || current.PasswordHash != row.PasswordHash)
                {
                    return ((AccountRow?)null, new List<string>());
                }

                if (newHash is not null)
                {
                    await AccountTable.ChangePasswordAsync(db, row.Id, newHash);
                }

                await LogInGuard.ForgetAsync(db, row.EmailKey);
                await SessionTable.InsertAsync(db, session);
                await RefreshTokenTable.InsertAsync(db, RandomTokens.HashOf(token), session.Id, RefreshExpiry(now));
                return (current, await SessionTable.RevokeBeyondAsync(db, row.Id, AccountLimits.SessionsMax, now));
            },
            cancellationToken);
        sessions.Ended(ended);
        return account is null
            ? AccountFaults.InvalidCredentials
            : Signed(key, account.ToAccount(), Ids.Of(session.Id), token, RefreshExpiry(now));
    }

    private SignIn Signed(SigningKey key, Account account, Guid sessionId, string refreshToken, long refreshExpiresAt)
    {
        var (access, expiresAt) = tokens.Sign(key, account, sessionId);
        return new SignIn(account, sessionId, access, expiresAt, refreshToken, Instants.Of(refreshExpiresAt));
    }

    /// <summary>Takes one refresh token for another.</summary>
    /// <returns>What happened, the session, and its account when there is a new token.</returns>
    private async Task<(string Outcome, string SessionId, AccountRow? Account, long ExpiresAt)> ExchangeAsync(
        DatabaseCall db, string hash, string? useKey, string nextHash, Origin origin)
    {
        var now = Instants.Now(time);
        if (await RefreshTokenTable.LockAsync(db, hash) is not { } token
            || token.ExpiresAt <= now
            || await SessionTable.LockAsync(db, token.SessionId) is not { RevokedAt: null } session
            || await AccountTable.FindAsync(db, Ids.Of(session.AccountId)) is not { } account)
        {
            return (Invalid, string.Empty, null, 0);
        }

        if (token.UsedAt is { } usedAt)
        {
            var isRepeated = useKey is not null && useKey == token.UseKey && now - usedAt < Instants.Span(RepeatableFor)
                && await RefreshTokenTable.LockAsync(db, token.Successor ?? string.Empty) is { UsedAt: null };
            if (!isRepeated)
            {
                // Two people have this token, and one of them has no right to it.
                await SessionTable.RevokeAsync(db, session.AccountId, session.Id, now);
                return (Reused, session.Id, null, 0);
            }

            await RefreshTokenTable.DeleteAsync(db, token.Successor!);
        }

        var expiresAt = RefreshExpiry(now);
        await RefreshTokenTable.InsertAsync(db, nextHash, session.Id, expiresAt);
        await RefreshTokenTable.UseAsync(db, hash, token.UsedAt ?? now, useKey, nextHash);
        await SessionTable.UseAsync(db, session.Id, now, SessionExpiry(now), origin);
        return ("done", session.Id, account, expiresAt);
    }
}
