using AkkaParty.Accounts.Passwords;
using AkkaParty.Accounts.Sessions;
using AkkaParty.Accounts.Storing;
using AkkaParty.Accounts.Tokens;

namespace AkkaParty.Accounts;

/// <summary>Accounts in the database: what concerns the account itself. Signing in is in the other file.</summary>
internal sealed partial class StoredAccounts(
    IAccountDatabase database,
    PasswordWork passwords,
    LogInGuard guard,
    SigningKeys keys,
    AccessTokens tokens,
    GrantCache grants,
    StoredSessions sessions,
    StoredDepartures departures,
    AccountOptions options,
    AccountMetrics metrics,
    TimeProvider time) : IAccounts
{
    private static readonly TimeSpan RepeatableFor = TimeSpan.FromHours(24);

    /// <inheritdoc />
    public Task<AccountAnswer<Account>> RegisterAsync(Registration registration, CancellationToken cancellationToken) =>
        RegisterAsync(registration, AccountRole.User, cancellationToken);

    /// <summary>Makes an account of any role.</summary>
    public async Task<AccountAnswer<Account>> RegisterAsync(
        Registration registration, AccountRole role, CancellationToken cancellationToken)
    {
        if (AccountInput.Email(registration.Email) is not { } email)
        {
            return AccountFaults.InvalidEmail;
        }

        if (AccountInput.Name(registration.Name ?? AccountInput.NameFrom(email)) is not { } name)
        {
            return AccountFaults.InvalidName;
        }

        if (PasswordRules.Check(registration.Password, email) is { } fault)
        {
            return fault;
        }

        var emailKey = AccountInput.EmailKey(email);
        var repeatKey = registration.IdempotencyKey is { } key ? RandomTokens.HashOf(key) : null;
        if (await FindRowAsync(emailKey, cancellationToken) is { } taken)
        {
            return await RepeatedAsync(taken, registration.Password, repeatKey, cancellationToken);
        }

        var row = new AccountRow
        {
            Id = Ids.Text(Guid.CreateVersion7(time.GetUtcNow())),
            Email = email,
            EmailKey = emailKey,
            Name = name,
            Role = (long)role,
            PasswordHash = await passwords.HashAsync(registration.Password, cancellationToken),
            RegistrationKey = repeatKey,
            CreatedAt = Instants.Now(time),
        };
        var (isNew, stored) = await database.WriteAsync(
            "Registering",
            async db => (await AccountTable.InsertAsync(db, row), (await AccountTable.FindByEmailAsync(db, emailKey))!),
            cancellationToken);
        if (!isNew)
        {
            return await RepeatedAsync(stored, registration.Password, repeatKey, cancellationToken);
        }

        metrics.Registered();
        return stored.ToAccount();
    }

    /// <inheritdoc />
    public async Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken) => (await database.ReadAsync(
        "Reading an account", db => AccountTable.FindAsync(db, id), cancellationToken))?.ToAccount();

    /// <inheritdoc />
    public async Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        AccountInput.Email(email) is { } valid
            ? (await FindRowAsync(AccountInput.EmailKey(valid), cancellationToken))?.ToAccount()
            : null;

    /// <inheritdoc />
    public async Task<AccountAnswer<Account>> ChangeProfileAsync(
        Guid id, ProfileChange change, CancellationToken cancellationToken)
    {
        var name = change.Name is null ? null : AccountInput.Name(change.Name);
        if (change.Name is not null && name is null)
        {
            return AccountFaults.InvalidName;
        }

        if (change.AvatarUrl is { Length: > 0 } address && !AccountInput.IsWebAddress(address))
        {
            return AccountFaults.InvalidAvatar;
        }

        return await ChangeAsync("Changing a profile", id, async (db, row) =>
        {
            var avatar = change.AvatarUrl is null ? row.AvatarUrl : change.AvatarUrl.Length == 0 ? null : change.AvatarUrl;
            await AccountTable.ChangeProfileAsync(db, id, name ?? row.Name, avatar);
        }, cancellationToken);
    }

    /// <inheritdoc />
    public Task<AccountAnswer<Account>> ChangeRoleAsync(Guid id, AccountRole role, CancellationToken cancellationToken) =>
        ChangeAsync("Changing a role", id, (db, _) => AccountTable.ChangeRoleAsync(db, id, role), cancellationToken);

    /// <inheritdoc />
    public async Task<AccountAnswer<Done>> DeleteAsync(
        Guid id, string password, Origin origin, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } account)
        {
            return AccountFaults.AccountNotFound;
        }

        var emailKey = AccountInput.EmailKey(account.Email);
        var (_, _, fault) = await guard.CheckAsync(
            emailKey, password, origin.Address, AccountFaults.WrongPassword, cancellationToken);
        if (fault is not null)
        {
            return fault;
        }

        var open = await database.WriteAsync(
            "Deleting an account",
            async db =>
            {
                await AccountTable.LockAsync(db, id);
                var now = Instants.Now(time);
                await DepartureTable.InsertAsync(db, id, now);
                var ended = await SessionTable.RevokeAllAsync(db, id, except: null, now);
                await AccountTable.DeleteAsync(db, id, now);
                await LogInGuard.ForgetAsync(db, emailKey);
                return ended;
            },
            cancellationToken);
        sessions.Ended(open);
        departures.Tell();
        return Done.Value;
    }

    /// <inheritdoc />
    public async Task<AccountAnswer<AccountExport>> ExportAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = Instants.Now(time);
        var (account, open, friends, playlists) = await database.ReadAsync(
            "Exporting an account",
            async db => (
                await AccountTable.FindAsync(db, id),
                await SessionTable.ListAsync(db, id, now),
                await FriendTable.ListAsync(db, id),
                await PlaylistTable.ListWholeAsync(db, id)),
            cancellationToken);
        return account is null
            ? AccountFaults.AccountNotFound
            : new AccountExport(
                account.ToAccount(),
                [.. open.Select(row => row.ToSession())],
                StoredFriends.InOrder(friends),
                [.. playlists.Select(row => row.ToPlaylist())],
                Instants.Of(now));
    }

    private Task<AccountRow?> FindRowAsync(string emailKey, CancellationToken cancellationToken) => database.ReadAsync(
        "Reading an account", db => AccountTable.FindByEmailAsync(db, emailKey), cancellationToken);

    /// <summary>The answer when the e-mail is taken: the same account again when this is the same call again.</summary>
    private async Task<AccountAnswer<Account>> RepeatedAsync(
        AccountRow taken, string password, string? repeatKey, CancellationToken cancellationToken)
    {
        var isRepeated = repeatKey is not null && taken.RegistrationKey == repeatKey
            && Instants.Now(time) - taken.CreatedAt < Instants.Span(RepeatableFor)
            && (await passwords.VerifyAsync(taken.PasswordHash, password, cancellationToken)).IsRight;
        return isRepeated ? taken.ToAccount() : AccountFaults.EmailTaken;
    }

    private async Task<AccountAnswer<Account>> ChangeAsync(
        string what, Guid id, Func<DatabaseCall, AccountRow, Task> change, CancellationToken cancellationToken)
    {
        var row = await database.WriteAsync(
            what,
            async db =>
            {
                if (await AccountTable.LockAsync(db, id) is not { } before)
                {
                    return null;
                }

                await change(db, before);
                return await AccountTable.FindAsync(db, id);
            },
            cancellationToken);
        grants.ForgetAll();
        return row is null ? AccountFaults.AccountNotFound : row.ToAccount();
    }
}
