using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AkkaParty.Runtime.Sockets.Tests;

/// <summary>A certificate authority that lives as long as its test.</summary>
internal sealed class TestAuthority
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly X509Certificate2 _root;

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(Start, Start.AddDays(10));
    }

    public X509Certificate2Collection Certificates => [X509CertificateLoader.LoadCertificate(_root.RawData)];

    /// <summary>A node's certificate with its key.</summary>
    public X509Certificate2 Sign(string name, int validDays = 5)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var bare = request.Create(_root, Start, Start.AddDays(validDays), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }
}
