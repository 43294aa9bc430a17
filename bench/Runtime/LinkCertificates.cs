using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AkkaParty.Runtime.Sockets;

namespace AkkaParty.Bench.Runtime;

/// <summary>An authority for one run, and nodes' certificates that it signed.</summary>
internal sealed class LinkCertificates
{
    private readonly X509Certificate2 _root;
    private readonly DateTimeOffset _from = DateTimeOffset.UtcNow.AddDays(-1);

    public LinkCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(_from, _from.AddDays(3));
    }

    public LinkCertificate Next()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        using var bare = request.Create(_root, _from, _from.AddDays(2), RandomNumberGenerator.GetBytes(8));
        return new LinkCertificate(bare.CopyWithPrivateKey(key), [X509CertificateLoader.LoadCertificate(_root.RawData)]);
    }
}
