using System.Security.Cryptography;
using System.Text;

namespace AkkaParty.Accounts.Tokens;

/// <summary>Keeps private keys unreadable for whoever has the database alone: AES-GCM under a key from the operator's secret.</summary>
internal static class KeySeal
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int KeyLength = 32;

    /// <summary>Encrypts a private key.</summary>
    /// <param name="secret">The operator's secret.</param>
    /// <param name="keyId">The key's id: a sealed key is good under its own id only.</param>
    /// <param name="key">The private key.</param>
    /// <returns>Nonce, tag and cipher text.</returns>
    public static byte[] Seal(string secret, string keyId, byte[] key)
    {
        var result = new byte[NonceLength + TagLength + key.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(Derive(secret, keyId), TagLength);
        cipher.Encrypt(
            result.AsSpan(0, NonceLength),
            key,
            result.AsSpan(NonceLength + TagLength),
            result.AsSpan(NonceLength, TagLength),
            Encoding.UTF8.GetBytes(keyId));
        return result;
    }

    /// <summary>Decrypts a private key.</summary>
    /// <returns>The private key, or null when it was sealed with another secret or changed since.</returns>
    public static byte[]? Open(string secret, string keyId, byte[] sealedKey)
    {
        if (sealedKey.Length <= NonceLength + TagLength)
        {
            return null;
        }

        var key = new byte[sealedKey.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(Derive(secret, keyId), TagLength);
        try
        {
            cipher.Decrypt(
                sealedKey.AsSpan(0, NonceLength),
                sealedKey.AsSpan(NonceLength + TagLength),
                sealedKey.AsSpan(NonceLength, TagLength),
                key,
                Encoding.UTF8.GetBytes(keyId));
            return key;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Derive(string secret, string keyId) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Encoding.UTF8.GetBytes(secret),
        KeyLength,
        "akkaparty signing keys"u8.ToArray(),
        Encoding.UTF8.GetBytes(keyId));
}
