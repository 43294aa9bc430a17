using System.Security.Cryptography;
using System.Text;
using AkkaParty.Accounts.Storing;

namespace AkkaParty.Accounts.Passwords;

/// <summary>
/// Counts failures for each account and for each address, and makes the next try wait ever longer. The tries of one account are made one
/// after the other, so that many at once are not many free ones. E-mails that nobody has count like others.
/// </summary>
internal sealed class LogInGuard(IAccountDatabase database, PasswordWork passwords, AccountOptions options, TimeProvider time) : IDisposable
{
    private const int LaneCount = 64;

    private static readonly TimeSpan AccountMemory = TimeSpan.FromHours(24);
    private static readonly TimeSpan AddressMemory = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, LaneCount).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Checks a password.</summary>
    /// <param name="emailKey">Whose.</param>
    /// <param name="password">The password.</param>
    /// <param name="address">Where the call comes from.</param>
    /// <param name="wrong">The fault when it is wrong.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The account as it was read, with whether its hash is outdated; or why not.</returns>
    public async Task<(AccountRow? Account, bool IsOutdated, AccountFault? Fault)> CheckAsync(
        string emailKey, string password, string address, AccountFault wrong, CancellationToken cancellationToken)
    {
        var account = AccountSubject(emailKey);
        var lane = _lanes[Convert.ToInt32(account[^2..], 16) % LaneCount];
        await lane.WaitAsync(cancellationToken);
        try
        {
            var subjects = (Account: account, Address: AddressSubject(address));
            var (row, lockedUntil) = await database.ReadAsync(
                "Reading an account",
                async db => (
                    await AccountTable.FindByEmailAsync(db, emailKey),
                    await FailureTable.LockedUntilAsync(db, subjects.Account, subjects.Address) ?? 0),
                cancellationToken);
            var wait = lockedUntil - Instants.Now(time);
            if (wait > 0)
            {
                return (null, false, AccountFaults.TooManyAttempts(TimeSpan.FromMilliseconds(wait)));
            }

            // Longer ones are nobody's, and hashing them would be work for nothing; the answer takes as long.
            var checkable = password.Length <= AccountLimits.PasswordLengthMax ? password : string.Empty;
            var verdict = await passwords.VerifyAsync(row?.PasswordHash, checkable, cancellationToken);
            if (row is not null && verdict.IsRight && ReferenceEquals(checkable, password))
            {
                return (row, verdict.IsOutdated, null);
            }

            // Whoever hangs up before the answer has guessed all the same.
            await database.WriteAsync(
                "Counting a failed log-in", db => CountAsync(db, subjects.Account, subjects.Address), CancellationToken.None);
            return (null, false, wrong);
        }
        finally
        {
            lane.Release();
        }
    }

    /// <summary>Forgets an account's failures after a success. Those of the address stay: they may be of other accounts.</summary>
    public static Task ForgetAsync(DatabaseCall db, string emailKey) => FailureTable.ForgetAsync(db, AccountSubject(emailKey));

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(_lanes, lane => lane.Dispose());

    private static string AccountSubject(string emailKey) =>
        "a:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(emailKey)));

    private static string AddressSubject(string address) => "ip:" + (address.Length <= 64 ? address : address[..64]);

    private async Task<bool> CountAsync(DatabaseCall db, string account, string address)
    {
        var now = Instants.Now(time);
        await CountAsync(db, account, now, AccountMemory);
        await CountAsync(db, address, now, AddressMemory);
        return true;
    }

    private async Task CountAsync(DatabaseCall db, string subject, long now, TimeSpan memory)
    {
        var failures = await FailureTable.CountAsync(db, subject, now, now - Instants.Span(memory));
        if (failures >= options.FreeFailures)
        {
            var seconds = Math.Min(options.LockoutMax.TotalSeconds, Math.Pow(2, failures - options.FreeFailures));
            await FailureTable.LockAsync(db, subject, now + (long)(seconds * 1_000));
        }
    }
}
