using System.Security.Cryptography;
using AkkaParty.Accounts.Storing;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace AkkaParty.Accounts.Tokens;

/// <summary>A key of the ring.</summary>
/// <param name="KeyId">Its id.</param>
/// <param name="Public">Checks tokens.</param>
/// <param name="Private">Signs tokens; null when this node cannot read it.</param>
/// <param name="StartsAt">From when it signs, in milliseconds since 1970.</param>
/// <param name="EndsAt">Until when it signs.</param>
/// <param name="PublishedUntil">Until when its tokens may hold.</param>
internal sealed record SigningKey(
    string KeyId, RsaSecurityKey Public, RsaSecurityKey? Private, long StartsAt, long EndsAt, long PublishedUntil);

/// <summary>
/// The keys that sign access tokens. They are in the database, the same for all nodes; another one is made a day before the one in use
/// ends, so that whoever checks tokens elsewhere has it in time. A key ends for checking only after the last token it signed.
/// </summary>
internal sealed partial class SigningKeys(
    IAccountDatabase database, AccountOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);
    private static readonly TimeSpan Reread = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RereadForUnknown = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Ring? _ring;

    /// <summary>The key that signs now; made when there is none.</summary>
    /// <exception cref="AccountsUnavailableException">The database is away.</exception>
    public async ValueTask<SigningKey> CurrentAsync(CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            var ring = await RingAsync(Reread, cancellationToken);
            var now = Instants.Now(time);
            var current = ring.Keys.FirstOrDefault(key => key.Private is not null && key.StartsAt <= now && now < key.EndsAt);
            var isLast = current is not null && !ring.Keys.Any(key => key.Private is not null && key.StartsAt > now);
            if (current is not null && !(isLast && current.EndsAt - now < Instants.Span(Ahead)))
            {
                return current;
            }

            if (tries > 3)
            {
                return current ?? throw new AccountsUnavailableException("No key could be made to sign tokens with.");
            }

            await AddAsync(ring.LastGeneration + 1, startsAt: current?.EndsAt ?? now, cancellationToken);
        }
    }

    /// <summary>The key of an id; null when no token signed by one of that id can hold.</summary>
    /// <exception cref="AccountsUnavailableException">The database is away.</exception>
    public async ValueTask<SigningKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var ring = _ring ?? await RingAsync(Reread, cancellationToken);
        return Find(ring, keyId) ?? Find(await RingAsync(RereadForUnknown, cancellationToken), keyId);
    }

    /// <summary>All keys whose tokens may hold, the newest first.</summary>
    /// <exception cref="AccountsUnavailableException">The database is away.</exception>
    public async ValueTask<IReadOnlyList<PublishedKey>> PublishedAsync(CancellationToken cancellationToken)
    {
        await CurrentAsync(cancellationToken);
        var ring = await RingAsync(RereadForUnknown, cancellationToken);
        var now = Instants.Now(time);
        return
        [
            .. ring.Keys.Where(key => key.PublishedUntil > now).Select(key => new PublishedKey(
                key.KeyId,
                Base64UrlEncoder.Encode(key.Public.Parameters.Modulus),
                Base64UrlEncoder.Encode(key.Public.Parameters.Exponent))),
        ];
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private SigningKey? Find(Ring ring, string keyId) =>
        ring.Keys.FirstOrDefault(key => key.KeyId == keyId && key.PublishedUntil > Instants.Now(time));

    private async ValueTask<Ring> RingAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        if (_ring is { } ring && time.GetElapsedTime(ring.ReadAt) < age)
        {
            return ring;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_ring is { } other && time.GetElapsedTime(other.ReadAt) < age)
            {
                return other;
            }

            var known = _ring?.Keys ?? [];

            // The number first: a key that is added in between is then met when the same number is added again.
            var (last, rows) = await database.ReadAsync(
                "Reading the signing keys",
                async db => (await KeyTable.LastGenerationAsync(db), await KeyTable.ListAsync(db, Instants.Now(time))),
                cancellationToken);
            await SealAsync(rows, cancellationToken);
            var read = new Ring(
                [.. rows.Select(row => known.FirstOrDefault(key => key.KeyId == row.KeyId) ?? Open(row))], last, time.GetTimestamp());
            _ring = read;
            return read;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Encrypts what was stored before the operator set a secret.</summary>
    private async Task SealAsync(List<KeyRow> rows, CancellationToken cancellationToken)
    {
        if (options.KeySecret is not { } secret)
        {
            return;
        }

        foreach (var row in rows.Where(row => row.IsSealed == 0))
        {
            var sealedKey = KeySeal.Seal(secret, row.KeyId, row.PrivateKey);
            await database.WriteAsync(
                "Encrypting a signing key",
                async db =>
                {
                    await KeyTable.SealAsync(db, row.KeyId, sealedKey);
                    return true;
                },
                cancellationToken);
        }
    }

    /// <summary>Adds a key under a number; whoever else has added one under it was faster, and theirs is the one.</summary>
    private async Task AddAsync(long generation, long startsAt, CancellationToken cancellationToken)
    {
        using var rsa = options.MakeSigningKey();
        var keyId = RandomTokens.Create()[..16];
        var secret = rsa.ExportPkcs8PrivateKey();
        var endsAt = startsAt + Instants.Span(options.SigningKeyLifetime);
        await database.WriteAsync(
            "Adding a signing key",
            async db =>
            {
                await KeyTable.InsertAsync(db, new KeyRow
                {
                    Generation = generation,
                    KeyId = keyId,
                    PublicKey = rsa.ExportSubjectPublicKeyInfo(),
                    PrivateKey = options.KeySecret is null ? secret : KeySeal.Seal(options.KeySecret, keyId, secret),
                    IsSealed = options.KeySecret is null ? 0 : 1,
                    StartsAt = startsAt,
                    EndsAt = endsAt,
                    PublishedUntil = endsAt + Instants.Span(options.AccessTokenLifetime),
                });
                return true;
            },
            cancellationToken);
        _ring = null;
    }

    private SigningKey Open(KeyRow row)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(row.PublicKey, out _);
        var verifying = new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)) { KeyId = row.KeyId };
        var secret = row.IsSealed == 0
            ? row.PrivateKey
            : options.KeySecret is null ? null : KeySeal.Open(options.KeySecret, row.KeyId, row.PrivateKey);
        RsaSecurityKey? signing = null;
        if (secret is null)
        {
            LogSealed(row.KeyId);
        }
        else
        {
            using var whole = RSA.Create();
            whole.ImportPkcs8PrivateKey(secret, out _);
            signing = new RsaSecurityKey(whole.ExportParameters(includePrivateParameters: true)) { KeyId = row.KeyId };
        }

        return new SigningKey(row.KeyId, verifying, signing, row.StartsAt, row.EndsAt, row.PublishedUntil);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The signing key {KeyId} was encrypted with another secret than this node's; it checks tokens, and another key signs new ones")]
    private partial void LogSealed(string keyId);

    private sealed record Ring(IReadOnlyList<SigningKey> Keys, long LastGeneration, long ReadAt);
}
