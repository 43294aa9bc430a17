using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AkkaParty.Accounts.Passwords;

/// <summary>What checking a password found.</summary>
/// <param name="IsRight">Whether it is the one.</param>
/// <param name="IsOutdated">Whether it was hashed in a way that is not today's.</param>
internal readonly record struct PasswordVerdict(bool IsRight, bool IsOutdated);

/// <summary>
/// Hashes and checks passwords. That is slow on purpose, so no more than the machine has processors are worked on at once, and no more
/// than a fixed number wait.
/// </summary>
internal sealed class PasswordWork : IDisposable
{
    private const int WaitingMax = 256;

    private readonly PasswordHasher<string> _hasher;
    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);
    private readonly Lazy<string> _nobodys;
    private int _waiting;
    private int _checked;

    public PasswordWork(int iterations)
    {
        _hasher = new PasswordHasher<string>(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        _nobodys = new Lazy<string>(() => _hasher.HashPassword(string.Empty, "nobody has this password"));
    }

    /// <summary>How many passwords were checked so far.</summary>
    public int Checked => Volatile.Read(ref _checked);

    /// <summary>Hashes a new password.</summary>
    /// <exception cref="AccountsUnavailableException">Too many wait.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        WorkAsync(() => _hasher.HashPassword(string.Empty, password), cancellationToken);

    /// <summary>Checks a password; without a hash it takes as long and is wrong.</summary>
    /// <exception cref="AccountsUnavailableException">Too many wait.</exception>
    public Task<PasswordVerdict> VerifyAsync(string? hash, string password, CancellationToken cancellationToken) => WorkAsync(
        () =>
        {
            Interlocked.Increment(ref _checked);
            var result = _hasher.VerifyHashedPassword(string.Empty, hash ?? _nobodys.Value, password);
            return new PasswordVerdict(
                hash is not null && result != PasswordVerificationResult.Failed,
                hash is not null && result == PasswordVerificationResult.SuccessRehashNeeded);
        },
        cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _slots.Dispose();

    private async Task<T> WorkAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            throw new AccountsUnavailableException("Too many passwords wait to be checked; try again in a moment.");
        }

        try
        {
            await _slots.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }
}
