namespace AkkaParty.Accounts.Storing;

/// <summary>A row of signing keys.</summary>
internal sealed class KeyRow
{
    public long Generation { get; init; }

    public string KeyId { get; init; } = string.Empty;

    public byte[] PublicKey { get; init; } = [];

    public byte[] PrivateKey { get; init; } = [];

    public long IsSealed { get; init; }

    public long StartsAt { get; init; }

    public long EndsAt { get; init; }

    public long PublishedUntil { get; init; }
}

/// <summary>The statements on signing keys.</summary>
internal static class KeyTable
{
    private const string Columns = "generation, key_id, public_key, private_key, is_sealed, starts_at, ends_at, published_until";

    /// <summary>All keys whose tokens may still hold, the newest first.</summary>
    public static Task<List<KeyRow>> ListAsync(DatabaseCall db, long now) => db.ListAsync<KeyRow>(
        $"SELECT {Columns} FROM signing_keys WHERE published_until > @Now ORDER BY generation DESC", new { Now = now });

    public static async Task<long> LastGenerationAsync(DatabaseCall db) =>
        await db.NumberAsync("SELECT coalesce(max(generation), 0) FROM signing_keys") ?? 0;

    /// <summary>Encrypts a private key that was stored as it is.</summary>
    public static Task SealAsync(DatabaseCall db, string keyId, byte[] sealedKey) => db.ExecuteAsync(
        "UPDATE signing_keys SET private_key = @SealedKey, is_sealed = 1 WHERE key_id = @KeyId AND is_sealed = 0",
        new { KeyId = keyId, SealedKey = sealedKey });

    /// <summary>Adds a key, unless another node was faster.</summary>
    public static Task InsertAsync(DatabaseCall db, KeyRow row) => db.ExecuteAsync(
        $"""
        INSERT INTO signing_keys ({Columns})
        VALUES (@Generation, @KeyId, @PublicKey, @PrivateKey, @IsSealed, @StartsAt, @EndsAt, @PublishedUntil)
        ON CONFLICT (generation) DO NOTHING
        """,
        row);
}
