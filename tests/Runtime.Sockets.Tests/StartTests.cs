using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.TestKit.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.Sockets.Tests;

/// <summary>What stops a node from listening, and TLS.</summary>
public sealed class StartTests
{
    private const string Secret = TestLinkNode.Secret;

    public static TheoryData<SocketTransportOptions, string> WrongOptions => new()
    {
        { new() { Listen = "127.0.0.1:0", Secret = "short" }, "Secret must have at least 16 characters." },
        { new() { Listen = "127.0.0.1:0", Secret = Secret, Cluster = "" }, "Cluster must have 1 to 64 characters." },
        { new() { Listen = "127.0.0.1:0", Secret = Secret, FrameBytesMax = 100 }, "FrameBytesMax must be 1 KiB to 16 MiB." },
        {
            new() { Listen = "127.0.0.1:0", Secret = Secret, PendingBytesMax = 4096 },
            "PendingBytesMax must be greater than FrameBytesMax."
        },
        {
            new() { Listen = "127.0.0.1:0", Secret = Secret, SilenceMax = TimeSpan.FromSeconds(1) },
            "SilenceMax must be at least three times KeepAliveInterval."
        },
        { new() { Listen = "127.0.0.1:0", Secret = Secret, StallMax = TimeSpan.Zero }, "StallMax must be above 0 and at most 10 min." },
        { new() { Listen = "nowhere", Secret = Secret }, "Listen 'nowhere' is not host:port." },
        { new() { Listen = "127.0.0.1:0", Advertise = "host", Secret = Secret }, "Advertise 'host' is not host:port." },
        {
            new() { Listen = "0.0.0.0:0", Secret = Secret },
            "Nobody can dial 0.0.0.0:0: Advertise must say where this node is reached."
        },
        {
            new() { Listen = "0.0.0.0:0", Advertise = "node-1:7000", Secret = Secret },
            "Links listen on 0.0.0.0:0, which is not a loopback address: they need a certificate there, or another address."
        },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public async Task Refuses_to_start(SocketTransportOptions options, string message)
    {
        var error = await Should.ThrowAsync<TransportStartException>(() => TestLinkNode.StartAsync("a", options));

        error.Message.ShouldBe(message);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        await using var a = await TestLinkNode.StartAsync("a");

        var error = await Should.ThrowAsync<TransportStartException>(
            () => TestLinkNode.StartAsync("b", TestLinkNode.Options(listen: a.Identity.Address)));

        error.Message.ShouldStartWith($"Links cannot listen on {a.Identity.Address}: ");
    }

    [Theory]
    [InlineData("127.0.0.1:0", "", "127.0.0.1:")]
    [InlineData("127.0.0.1:0", "127.0.0.1:0", "127.0.0.1:")]
    [InlineData("[::1]:0", "", "[::1]:")]
    [InlineData("localhost:0", "", "localhost:")]
    [InlineData("127.0.0.1:0", "node-1.internal:7000", "node-1.internal:7000")]
    public async Task Says_where_it_is_reached(string listen, string advertise, string start)
    {
        await using var transport = new SocketTransport(
            new SocketTransportOptions { Listen = listen, Advertise = advertise, Secret = Secret }, NullLogger.Instance);
        using var receiver = new TestKit.Remoting.TestReceiver("a", new());

        var address = await transport.StartAsync(receiver, CancellationToken.None);

        address.ShouldStartWith(start);
        address.ShouldNotEndWith(":0");
    }

    [Fact]
    public async Task Without_a_certificate_nobody_off_loopback_is_dialed()
    {
        await using var a = await TestLinkNode.StartAsync("a");

        a.Names(new NodeIdentity("b", 2, "192.0.2.1:7000"));

        (await a.Log.LineWith("No link to b").Within("the log line")).ShouldBe(
            "Warning: No link to b#2 at 192.0.2.1:7000: 192.0.2.1 is not a loopback address, " +
            "and there is no certificate for the links; trying on");
    }

    [Fact]
    public async Task A_node_of_another_authority_is_refused_by_both()
    {
        var (ours, theirs) = (new TestAuthority("ours"), new TestAuthority("theirs"));
        await using var a = await StartSecureAsync("a", new LinkCertificate(theirs.Sign("a"), ours.Certificates));
        await using var b = await StartSecureAsync("b", new LinkCertificate(ours.Sign("b"), ours.Certificates));
        a.Names(b.Identity);
        b.Names(a.Identity);

        await a.Log.LineWith("No link to b").Within("a's log line");
        await b.Log.LineWith("refused").Within("b's log line");

        (a.Receiver.Of(b.Identity).Count + b.Receiver.Of(a.Identity).Count).ShouldBe(0);
    }

    [Fact]
    public async Task A_listener_of_another_authority_is_refused()
    {
        var (ours, theirs) = (new TestAuthority("ours"), new TestAuthority("theirs"));
        await using var a = await StartSecureAsync("a", new LinkCertificate(ours.Sign("a"), ours.Certificates));
        await using var b = await StartSecureAsync("b", new LinkCertificate(theirs.Sign("b"), ours.Certificates));
        a.Names(b.Identity);
        b.Names(a.Identity);

        await a.Log.LineWith("No link to b").Within("a's log line");

        a.Receiver.Of(b.Identity).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_refused()
    {
        var ours = new TestAuthority("ours");
        await using var a = await StartSecureAsync("a", new LinkCertificate(ours.Sign("a", validDays: 0), ours.Certificates));
        await using var b = await StartSecureAsync("b", new LinkCertificate(ours.Sign("b"), ours.Certificates));
        a.Names(b.Identity);
        b.Names(a.Identity);

        await b.Log.LineWith("refused").Within("b's log line");

        b.Receiver.Of(a.Identity).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_node_without_TLS_and_one_with_it_do_not_link()
    {
        var ours = new TestAuthority("ours");
        await using var a = await TestLinkNode.StartAsync("a");
        await using var b = await StartSecureAsync("b", new LinkCertificate(ours.Sign("b"), ours.Certificates));
        a.Names(b.Identity);
        b.Names(a.Identity);

        await a.Log.LineWith("No link to b").Within("a's log line");
        await b.Log.LineWith("refused").Within("b's log line");

        (a.Receiver.Of(b.Identity).Count + b.Receiver.Of(a.Identity).Count).ShouldBe(0);
    }

    [Fact]
    public async Task Pinned_certificates_need_no_authority()
    {
        var (one, two) = (new TestAuthority("one").Sign("a"), new TestAuthority("two").Sign("b"));
        var pins = new[] { one, two }.Select(certificate => certificate.GetCertHashString(HashAlgorithmName.SHA256)).ToList();
        await using var a = await StartSecureAsync("a", new LinkCertificate(one, null, pins));
        await using var b = await StartSecureAsync("b", new LinkCertificate(two, null, pins));
        a.Names(b.Identity);
        b.Names(a.Identity);

        await a.UntilUpAsync(b.Identity);

        a.Transport.Links.ShouldHaveSingleItem().Encrypted.ShouldBeTrue();
    }

    [Fact]
    public void A_certificate_that_trusts_nobody_or_has_no_key_is_refused()
    {
        var ours = new TestAuthority("ours");

        Should.Throw<TransportStartException>(() => new LinkCertificate(ours.Sign("a"), null))
            .Message.ShouldBe("Links with a certificate need the cluster's authority or pinned thumbprints.");
        Should.Throw<TransportStartException>(() => new LinkCertificate(ours.Certificates[0], ours.Certificates))
            .Message.ShouldBe("The links' certificate has no private key.");
        Should.Throw<TransportStartException>(() => new LinkCertificate(ours.Sign("a"), null, ["ab:cd"]))
            .Message.ShouldBe("The pinned thumbprint 'abcd' is not 64 hexadecimal digits.");
    }

    [Fact]
    public async Task Certificates_are_read_from_PEM_files_and_errors_name_the_file()
    {
        var folder = Directory.CreateTempSubdirectory("akkaparty-");
        try
        {
            var ours = new TestAuthority("ours");
            string At(string name) => Path.Combine(folder.FullName, name);
            var (certificate, key, authority) = (At("node.crt"), At("node.key"), At("ca.crt"));
            var signed = ours.Sign("a");
            await File.WriteAllTextAsync(certificate, signed.ExportCertificatePem());
            await File.WriteAllTextAsync(key, signed.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            Should.Throw<TransportStartException>(() => LinkCertificate.FromPemFiles(certificate, key, authority))
                .Message.ShouldStartWith($"The links' authority {authority} cannot be read: ");
            await File.WriteAllTextAsync(authority, "no certificate\n");
            Should.Throw<TransportStartException>(() => LinkCertificate.FromPemFiles(certificate, key, authority))
                .Message.ShouldBe($"The links' authority {authority} has no certificate in it.");
            await File.WriteAllTextAsync(authority, ours.Certificates[0].ExportCertificatePem());
            Should.Throw<TransportStartException>(() => LinkCertificate.FromPemFiles(certificate, authority, authority))
                .Message.ShouldStartWith($"The links' certificate {certificate} with key {authority} cannot be read: ");

            await using var a = await StartSecureAsync("a", LinkCertificate.FromPemFiles(certificate, key, authority));
            await using var b = await StartSecureAsync("b", new LinkCertificate(ours.Sign("b"), ours.Certificates));
            a.Names(b.Identity);
            b.Names(a.Identity);
            await a.UntilUpAsync(b.Identity);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<TestLinkNode> StartSecureAsync(string name, LinkCertificate certificate) => TestLinkNode.StartAsync(
        name, new SocketTransportOptions { Listen = "127.0.0.1:0", Secret = Secret, Certificate = certificate });
}
