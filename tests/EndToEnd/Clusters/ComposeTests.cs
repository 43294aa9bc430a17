using System.Security.Cryptography.X509Certificates;
using AkkaParty.Chaos.Machines;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Clusters;

/// <summary>The cluster in containers, as far as it can be checked without any.</summary>
public sealed class ComposeTests
{
    private static string ComposeFile => Path.Combine(Repository.Root, "docker-compose.yml");

    [Fact]
    public async Task Compose_accepts_the_file_and_finds_the_services()
    {
        var services = (await ComposeAsync("config", "--services")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        services.Order().ShouldBe(["balancer", "keys", "node1", "node2", "node3", "postgres", "redis", "s3"]);
    }

    [Fact]
    public async Task Only_the_balancer_is_reachable_from_outside_and_no_password_is_in_the_file()
    {
        var config = await ComposeAsync("config");

        config.ShouldContain("127.0.0.1");
        var lines = await File.ReadAllLinesAsync(ComposeFile);
        lines.Count(line => line.Trim() == "ports:").ShouldBe(1);
        lines.Where(line => line.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) && !line.TrimStart().StartsWith('#'))
            .ShouldAllBe(line => line.Contains("/run/keys/", StringComparison.Ordinal), "passwords are in files");
    }

    [Fact]
    public async Task Keys_are_made_once_and_certify_each_node()
    {
        using var folder = new Scratch();
        var program = Path.Combine(Repository.Root, "eng", "compose", "make-keys");

        await Tool.RunAsync(program, folder.Path);
        var secret = await File.ReadAllTextAsync(folder.At("nodes/cluster.secret"));
        await Tool.RunAsync(program, folder.Path);

        (await File.ReadAllTextAsync(folder.At("nodes/cluster.secret"))).ShouldBe(secret, "a second start changes nothing");
        string[] passwords =
        [
            secret, .. new[] { "postgres", "redis", "s3" }.Select(name => File.ReadAllText(folder.At($"{name}/password"))),
        ];
        passwords.Select(password => password.Trim().Length).ShouldAllBe(length => length == 48);
        passwords.Distinct().Count().ShouldBe(passwords.Length);
        foreach (var name in (string[])["node1", "node2", "node3"])
        {
            await Tool.RunAsync("openssl", "verify", "-CAfile", folder.At("nodes/ca.pem"), folder.At($"nodes/{name}.pem"));
            using var certificate = X509Certificate2.CreateFromPemFile(folder.At($"nodes/{name}.pem"), folder.At($"nodes/{name}.key"));
            certificate.MatchesHostname(name).ShouldBeTrue();
            File.GetUnixFileMode(folder.At($"nodes/{name}.key")).ShouldBe(UnixFileMode.UserRead);
        }
    }

    private static async Task<string> ComposeAsync(params string[] arguments)
    {
        // Newer installations have it as a part of the docker command, Debian's as a program of its own.
        var (exitCode, _) = await Tool.TryAsync("docker-compose", "version");
        return exitCode == 0
            ? await Tool.RunAsync("docker-compose", ["-f", ComposeFile, .. arguments])
            : await Tool.RunAsync("docker", ["compose", "-f", ComposeFile, .. arguments]);
    }
}
