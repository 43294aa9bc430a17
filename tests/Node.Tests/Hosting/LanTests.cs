using System.Net;
using System.Net.NetworkInformation;
using AkkaParty.Node.Configuration;
using AkkaParty.Node.Hosting;

namespace AkkaParty.Node.Tests.Hosting;

public sealed class LanTests
{
    [Fact]
    public void The_address_of_the_real_network_comes_first()
    {
        var ranked = LanAddress.Rank(
        [
            Candidate("127.0.0.1", "lo", NetworkInterfaceType.Loopback),
            Candidate("172.17.0.1", "docker0"),
            Candidate("172.18.0.1", "br-5f2b"),
            Candidate("10.8.0.2", "tun0", NetworkInterfaceType.Tunnel),
            Candidate("100.101.102.103", "tailscale0"),
            Candidate("169.254.3.4", "eth1"),
            Candidate("fe80::1", "eth0"),
            Candidate("203.0.113.9", "eth2"),
            Candidate("192.168.1.10", "wlan0", NetworkInterfaceType.Wireless80211, hasGateway: true),
        ]);
        ranked[0].ShouldBe(IPAddress.Parse("192.168.1.10"));
        ranked[1].ShouldBe(IPAddress.Parse("203.0.113.9"));
        ranked[2].ShouldBe(IPAddress.Parse("169.254.3.4"));
        ranked.ShouldNotContain(IPAddress.Loopback);
        ranked.ShouldNotContain(IPAddress.Parse("fe80::1"));
        ranked.Count.ShouldBe(7);
    }

    [Fact]
    public void A_virtual_network_is_better_than_none() =>
        LanAddress.Rank([Candidate("172.17.0.2", "docker0")]).ShouldBe([IPAddress.Parse("172.17.0.2")]);

    [Fact]
    public void Loopback_is_the_default() =>
        ListenAddresses.From(new NodeOptions()).ShouldBe(["http://127.0.0.1:8080"]);

    [Fact]
    public void On_a_lan_loopback_becomes_all_interfaces_and_a_chosen_address_stays() =>
        ListenAddresses.From(
            new NodeOptions { Lan = true, Urls = ["http://localhost:8000", "http://127.0.0.1:8081", "http://192.168.1.10:80"] })
            .ShouldBe(["http://*:8000", "http://*:8081", "http://192.168.1.10:80"]);

    [Fact]
    public void The_port_is_used_when_no_address_is_given() =>
        ListenAddresses.From(new NodeOptions { Lan = true, Port = 9000 }).ShouldBe(["http://*:9000"]);

    [Fact]
    public void The_banner_of_a_lan_shows_the_address_to_share_and_its_code()
    {
        var text = Banner.Text(
            new NodeOptions { Lan = true },
            ["http://[::]:8080"],
            [IPAddress.Parse("192.168.1.10"), IPAddress.Parse("10.0.0.2")], false);
        text.ShouldStartWith("AkkaParty is ready: http://127.0.0.1:8080\n");
        text.ShouldContain("Share with friends on the same network: http://192.168.1.10:8080\n");
        text.ShouldContain("If that does not work for them: http://10.0.0.2:8080\n");
        text.ShouldContain("▄▄▄▄▄");
        text.ShouldNotContain("\e");
    }

    [Fact]
    public void The_banner_of_one_machine_shows_where_everything_is()
    {
        var options = new NodeOptions { DataDirectory = "/tmp/akkaparty" };
        Banner.Text(options, ["http://127.0.0.1:8080"], [], isTerminal: true).ShouldBe(
            "AkkaParty is ready: http://127.0.0.1:8080\n"
            + "Data is stored in /tmp/akkaparty\n"
            + "Films come from the built-in catalogue of public-domain films (set TMDB_API_KEY to use TMDB).\n"
            + "Documentation: http://127.0.0.1:8080/docs\n");
    }

    [Fact]
    public void A_machine_without_network_is_told() =>
        Banner.Text(new NodeOptions { Lan = true }, ["http://[::]:8080"], [], false).ShouldContain("No network address was found");

    private static LanCandidate Candidate(
        string address, string name, NetworkInterfaceType type = NetworkInterfaceType.Ethernet, bool hasGateway = false) =>
        new(IPAddress.Parse(address), name, type, hasGateway);
}
