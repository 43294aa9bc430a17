using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AkkaParty.Runtime.Sockets;

/// <summary>
/// What a node shows its peers, and what it accepts from them: any certificate that the cluster's own authority signed, or one
/// whose thumbprint is pinned. Host names in it are not looked at: who a peer is, its proof of the secret says.
/// </summary>
public sealed class LinkCertificate
{
    private readonly X509Certificate2Collection _authority;
    private readonly HashSet<string> _pinned;

    /// <summary>Trusts an authority, thumbprints, or both (then one suffices).</summary>
    /// <param name="certificate">This node's certificate with its private key.</param>
    /// <param name="authority">The cluster's authority; null for none.</param>
    /// <param name="pinnedThumbprints">SHA-256 thumbprints in hexadecimal digits, with or without colons; null for none.</param>
    /// <exception cref="TransportStartException">The key is missing, or nobody is trusted.</exception>
    public LinkCertificate(
        X509Certificate2 certificate, X509Certificate2Collection? authority, IReadOnlyCollection<string>? pinnedThumbprints = null)
    {
        _authority = authority ?? [];
        _pinned = new HashSet<string>(
            (pinnedThumbprints ?? []).Select(text => text.Replace(":", "", StringComparison.Ordinal).Trim()),
            StringComparer.OrdinalIgnoreCase);
        if (!certificate.HasPrivateKey)
        {
            throw new TransportStartException("The links' certificate has no private key.");
        }

        if (_authority.Count == 0 && _pinned.Count == 0)
        {
            throw new TransportStartException("Links with a certificate need the cluster's authority or pinned thumbprints.");
        }

        if (_pinned.FirstOrDefault(text => text.Length != 64 || !text.All(char.IsAsciiHexDigit)) is { } wrong)
        {
            throw new TransportStartException($"The pinned thumbprint '{wrong}' is not 64 hexadecimal digits.");
        }

        Own = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
    }

    /// <summary>This node's certificate as the handshake needs it.</summary>
    internal SslStreamCertificateContext Own { get; }

    /// <summary>Reads PEM files.</summary>
    /// <param name="certificatePath">The node's certificate.</param>
    /// <param name="keyPath">Its private key, not encrypted.</param>
    /// <param name="authorityPath">The cluster's authority: one or more certificates.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="TransportStartException">A file cannot be read or does not fit; the message names it.</exception>
    public static LinkCertificate FromPemFiles(string certificatePath, string keyPath, string authorityPath)
    {
        var own = Read(
            () => X509Certificate2.CreateFromPemFile(certificatePath, keyPath), $"certificate {certificatePath} with key {keyPath}");
        var authority = new X509Certificate2Collection();
        Read(() => authority.ImportFromPemFile(authorityPath), $"authority {authorityPath}");
        if (authority.Count == 0)
        {
            throw new TransportStartException($"The links' authority {authorityPath} has no certificate in it.");
        }

        return new LinkCertificate(own, authority);
    }

    /// <summary>Whether a peer's certificate is one to be trusted.</summary>
    /// <param name="shown">What it showed.</param>
    /// <param name="sent">The chain it sent along.</param>
    /// <returns>True when it is pinned or signed by the authority and valid now.</returns>
    internal bool Trusts(X509Certificate? shown, X509Chain? sent)
    {
        if (shown is not X509Certificate2 certificate)
        {
            return false;
        }

        if (_pinned.Contains(certificate.GetCertHashString(HashAlgorithmName.SHA256)))
        {
            return true;
        }

        if (_authority.Count == 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(certificate);
    }

    private static void Read(Action read, string what) => Read<object?>(
        () =>
        {
            read();
            return null;
        },
        what);

    private static T Read<T>(Func<T> read, string what)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TransportStartException($"The links' {what} cannot be read: {e.Message}", e);
        }
    }
}
