using System.Security.Cryptography;
using System.Text;

namespace AkkaParty.Runtime.Sockets.Handshakes;

/// <summary>
/// Proves that one knows the secret without saying it. A proof covers both hellos, and so both nonces, names, runs and roles.
/// </summary>
internal sealed class ClusterSecret
{
    private readonly byte[] _key;

    public ClusterSecret(string secret) => _key = Encoding.UTF8.GetBytes(secret);

    public byte[] Prove(LinkRole role, byte[] dialersHello, byte[] listenersHello)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData("akkaparty link 1\0"u8);
        hmac.AppendData([(byte)role]);
        hmac.AppendData(BitConverter.GetBytes((ushort)dialersHello.Length));
        hmac.AppendData(dialersHello);
        hmac.AppendData(listenersHello);
        return hmac.GetHashAndReset();
    }

    /// <exception cref="RefusedException">The proof is wrong.</exception>
    public void Check(byte[] proof, LinkRole role, byte[] dialersHello, byte[] listenersHello)
    {
        if (!CryptographicOperations.FixedTimeEquals(proof, Prove(role, dialersHello, listenersHello)))
        {
            throw new RefusedException(Refusal.Secret);
        }
    }
}
