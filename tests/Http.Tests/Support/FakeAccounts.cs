using AkkaParty.Accounts;

namespace AkkaParty.Http.Tests.Support;

/// <summary>
/// People with accounts, for tests that are about something else: an access token is made by a call, and holds until it ends or is revoked.
/// What an account does with itself (registering, passwords) needs the real accounts.
/// </summary>
internal sealed class FakeAccounts(TimeProvider time) : IAccounts, ISessions, IFriends, IPlaylists, IRateWindows
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AccessGrant> _grants = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Account> _accounts = [];
    private readonly HashSet<Guid> _revoked = [];
    private readonly HashSet<(Guid, Guid)> _friends = [];
    private readonly Dictionary<(Guid Account, Guid Id), Playlist> _playlists = [];
    private readonly Dictionary<(string Name, string Subject), List<DateTimeOffset>> _taken = [];
    private readonly List<(Guid Session, Action Revoked)> _watches = [];

    /// <summary>What every call throws; null for nothing.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How many open connections wait to hear of a session's end.</summary>
    public int WatchCount
    {
        get
        {
            lock (_gate)
            {
                return _watches.Count;
            }
        }
    }

    /// <summary>Somebody with an account, and an access token of theirs.</summary>
    public (Guid Id, string Token) Seed(string name, AccountRole role = AccountRole.User)
    {
        lock (_gate)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            _accounts[id] = new Account(id, _accounts.Count + 1, $"{name}@example.org", name, null, role, time.GetUtcNow());
            return (id, LogIn(id));
        }
    }

    /// <summary>Another access token of somebody, of a session of its own.</summary>
    public string LogIn(Guid id, TimeSpan? lifetime = null)
    {
        lock (_gate)
        {
            var (account, session) = (_accounts[id], Guid.CreateVersion7(time.GetUtcNow()));
            var token = $"head.{session:N}.sign";
            _grants[token] = new AccessGrant(
                id,
                account.Number,
                account.Name,
                account.Email,
                account.AvatarUrl,
                account.Role,
                session,
                time.GetUtcNow() + (lifetime ?? TimeSpan.FromHours(24)));
            return token;
        }
    }

    /// <summary>Ends the session of a token.</summary>
    public void Revoke(string token)
    {
        Action[] told;
        lock (_gate)
        {
            var session = _grants[token].SessionId;
            _revoked.Add(session);
            told = [.. _watches.Where(watch => watch.Session == session).Select(watch => watch.Revoked)];
            _watches.RemoveAll(watch => watch.Session == session);
        }

        foreach (var tell in told)
        {
            tell();
        }
    }

    /// <summary>Makes two accounts friends.</summary>
    public void Befriend(Guid one, Guid other)
    {
        lock (_gate)
        {
            _friends.Add((one, other));
            _friends.Add((other, one));
        }
    }

    /// <summary>Saves a playlist.</summary>
    public Playlist SeedPlaylist(Guid account, string name, params IReadOnlyList<PlaylistItem> items)
    {
        lock (_gate)
        {
            var id = Guid.CreateVersion7(time.GetUtcNow());
            return _playlists[(account, id)] = new Playlist(id, name, null, items, 1, time.GetUtcNow(), time.GetUtcNow());
        }
    }

    public ValueTask<AccountAnswer<AccessGrant>> VerifyAsync(string accessToken, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Failure is not null)
            {
                return ValueTask.FromException<AccountAnswer<AccessGrant>>(Failure);
            }

            AccountAnswer<AccessGrant> answer = !_grants.TryGetValue(accessToken, out var grant)
                ? new AccountFault(AccountFaultCodes.InvalidToken, "This is no token of this server.")
                : grant.ExpiresAt <= time.GetUtcNow()
                ? new AccountFault(AccountFaultCodes.TokenExpired, "The token has expired.")
                : _revoked.Contains(grant.SessionId)
                ? new AccountFault(AccountFaultCodes.TokenRevoked, "The session was ended.")
                : grant;
            return new(answer);
        }
    }

    public IDisposable Watch(Guid sessionId, Action revoked)
    {
        lock (_gate)
        {
            if (!_revoked.Contains(sessionId))
            {
                _watches.Add((sessionId, revoked));
                return new Watched(() =>
                {
                    lock (_gate)
                    {
                        _watches.Remove((sessionId, revoked));
                    }
                });
            }
        }

        revoked();
        return new Watched(static () => { });
    }

    public Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Answer(_accounts.GetValueOrDefault(id));
        }
    }

    public Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Answer(_accounts.Values.FirstOrDefault(account => account.Email == email));
        }
    }

    public ValueTask<bool> AreFriendsAsync(Guid accountId, Guid otherId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Failure is null ? new(_friends.Contains((accountId, otherId))) : ValueTask.FromException<bool>(Failure);
        }
    }

    public Task<IReadOnlyList<Friend>> ListAsync(Guid accountId, FriendState? state, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Answer<IReadOnlyList<Friend>>(
            [
                .. _friends.Where(pair => pair.Item1 == accountId).Select(pair => new Friend(
                    new AccountBrief(pair.Item2, _accounts[pair.Item2].Name, null), FriendState.Accepted, time.GetUtcNow())),
            ]);
        }
    }

    public Task<Playlist?> FindAsync(Guid accountId, Guid playlistId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Answer(_playlists.GetValueOrDefault((accountId, playlistId)));
        }
    }

    public ValueTask<RateAnswer> TakeAsync(RateLimit limit, string subject, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_taken.TryGetValue((limit.Name, subject), out var taken))
            {
                _taken.Add((limit.Name, subject), taken = []);
            }

            taken.RemoveAll(at => at <= now - limit.Window);
            var allowed = taken.Count < limit.Max;
            if (allowed)
            {
                taken.Add(now);
            }

            var reset = taken[0] + limit.Window;
            return new(new RateAnswer(allowed, limit.Max, limit.Max - taken.Count, reset, allowed ? TimeSpan.Zero : reset - now));
        }
    }

    public Task<AccountAnswer<Account>> RegisterAsync(Registration registration, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<AccountAnswer<SignIn>> LogInAsync(string email, string password, Origin origin, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<AccountAnswer<SignIn>> RefreshAsync(
        string refreshToken, string? idempotencyKey, Origin origin, CancellationToken cancellationToken) => throw NeedsRealAccounts();

    public Task LogOutAsync(string refreshToken, CancellationToken cancellationToken) => throw NeedsRealAccounts();

    public Task<AccountAnswer<Account>> ChangeProfileAsync(Guid id, ProfileChange change, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<AccountAnswer<Done>> ChangePasswordAsync(
        Guid id,
        Guid sessionId,
        string current,
        string next,
        string? idempotencyKey,
        Origin origin,
        CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<AccountAnswer<Done>> DeleteAsync(Guid id, string password, Origin origin, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<AccountAnswer<AccountExport>> ExportAsync(Guid id, CancellationToken cancellationToken) => throw NeedsRealAccounts();

    public Task<AccountAnswer<Account>> ChangeRoleAsync(Guid id, AccountRole role, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<IReadOnlyList<AccountSession>> ListAsync(Guid accountId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Answer<IReadOnlyList<AccountSession>>(
            [
                .. _grants.Values.Where(grant => grant.AccountId == accountId && !_revoked.Contains(grant.SessionId)).Select(
                    grant => new AccountSession(grant.SessionId, time.GetUtcNow(), time.GetUtcNow(), grant.ExpiresAt, null, null)),
            ]);
        }
    }

    public Task<AccountAnswer<Done>> RevokeAsync(Guid accountId, Guid sessionId, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<int> RevokeAllAsync(Guid accountId, Guid? exceptSessionId, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<IReadOnlyList<PublishedKey>> PublishedKeysAsync(CancellationToken cancellationToken) => throw NeedsRealAccounts();

    public Task<AccountAnswer<Friend>> AskAsync(Guid accountId, Guid friendId, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<AccountAnswer<Friend>> AcceptAsync(Guid accountId, Guid friendId, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<AccountAnswer<Done>> RemoveAsync(Guid accountId, Guid friendId, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    Task<IReadOnlyList<PlaylistSummary>> IPlaylists.ListAsync(Guid accountId, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    public Task<AccountAnswer<Playlist>> CreateAsync(
        Guid accountId, Guid playlistId, PlaylistChange change, CancellationToken cancellationToken) => throw NeedsRealAccounts();

    public Task<AccountAnswer<Playlist>> ChangeAsync(
        Guid accountId, Guid playlistId, PlaylistChange change, long? expectedVersion, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    Task<AccountAnswer<Done>> IPlaylists.DeleteAsync(Guid accountId, Guid playlistId, CancellationToken cancellationToken) =>
        throw NeedsRealAccounts();

    private static InvalidOperationException NeedsRealAccounts() => new("Start the host with real accounts for this.");

    private Task<T> Answer<T>(T value) => Failure is null ? Task.FromResult(value) : Task.FromException<T>(Failure);

    private sealed class Watched(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
