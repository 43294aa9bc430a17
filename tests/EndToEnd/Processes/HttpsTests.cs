using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Postgres.TestKit;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Processes;

/// <summary>The server with a certificate of its own, without a proxy before it.</summary>
public sealed class HttpsTests
{
    [Fact]
    public async Task Calls_and_sockets_are_served_over_TLS_with_the_configured_certificate()
    {
        using var folder = new DataFolder();
        using var certificate = WriteCertificate(folder.Home);
        var address = $"127.0.0.1:{FreePort.Next()}";
        var start = new ServerStart
        {
            Under =
            [
                "env",
                $"Kestrel__Certificates__Default__Path={Path.Combine(folder.Home, "server.pem")}",
                $"Kestrel__Certificates__Default__KeyPath={Path.Combine(folder.Home, "server.key")}",
            ],
            Arguments = ["--urls", $"https://{address}"],
        };
        await using var server = await ServerProcess.StartAsync(start, folder);
        bool IsOurs(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
            shown?.GetCertHashString() == certificate.GetCertHashString();

        using var handler = new SocketsHttpHandler { UseProxy = false };
        handler.SslOptions.RemoteCertificateValidationCallback = IsOurs;
        using var http = new HttpClient(handler) { BaseAddress = new Uri($"https://{address}"), Timeout = Patience.Answer };
        using var answer = await http.PostAsJsonAsync("/api/party", new { name = "Film night", username = "Ada" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var party = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var (id, token) = (party.RootElement.GetProperty("party_id").GetString(), party.RootElement.GetProperty("auth_token").GetString());
        await using var socket = await PartySocket.ConnectAsync(
            new Uri($"wss://{address}/ws/party/{id}?token={token}"),
            "Ada",
            configure: client => client.Options.RemoteCertificateValidationCallback = IsOurs);
        await socket.SendAsync(ClientFrameTypes.StartNomination, id: 1);
        (await socket.NextAsync(ServerFrameTypes.Ack)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_https_address_without_a_certificate_is_refused_with_the_settings_to_set()
    {
        using var folder = new DataFolder();
        var start = new ServerStart { Arguments = ["--urls", $"https://127.0.0.1:{FreePort.Next()}"] };

        var (code, output) = await ServerProcess.RunToEndAsync(start, folder);

        code.ShouldBe(1, output);
        output.ShouldContain("An https address needs a certificate: set Kestrel__Certificates__Default__Path");
    }

    private static X509Certificate2 WriteCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        var certificate = request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
        File.WriteAllText(Path.Combine(folder, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }
}
