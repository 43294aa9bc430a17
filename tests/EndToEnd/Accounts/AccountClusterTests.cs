using System.Diagnostics;
using System.Globalization;
using System.Net;
using AkkaParty.EndToEnd.Clusters;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.EndToEnd.Rooms.Crowds;
using AkkaParty.EndToEnd.WatchParties;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Accounts;

namespace AkkaParty.EndToEnd.Accounts;

/// <summary>Accounts on three nodes over one PostgreSQL: whatever one node is told, all know, also when nodes are killed.</summary>
[Collection(ClusterTestGroup.Name)]
public sealed class AccountClusterTests(AccountCluster fixture, ITestOutputHelper output) : IClassFixture<AccountCluster>
{
    private const string Profile = "/api/v1/profile";

    // A second by the protocol's word; the rest is for a machine that has other things to do.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly int[] Nodes = [0, 1, 2];

    [Fact]
    public async Task Somebody_who_registered_on_one_node_logs_in_on_another_and_is_known_on_the_third()
    {
        var ada = new AccountClient(fixture.Site, "ada");
        await ada.RegisterAsync();
        ada.Node = 1;
        (await ada.LogInAsync()).Expect(HttpStatusCode.OK);
        await IsKnownAsync(ada, Nodes);
        var keys = await KeysAsync(0);
        foreach (var node in Nodes)
        {
            (await KeysAsync(node)).ShouldBe(keys, "each node publishes the same keys");
        }

        await fixture.WithoutAsync(1, async () =>
        {
            await IsKnownAsync(ada, 0, 2);
            (await ada.OtherDeviceAsync(2)).UserId.ShouldBe(ada.UserId);
        });

        await IsKnownAsync(ada, 1);
        (await KeysAsync(1)).ShouldBe(keys);
        var other = await ada.OtherDeviceAsync(1);
        await IsKnownAsync(other, Nodes);
    }

    [Fact]
    public async Task Refresh_tokens_are_exchanged_on_any_node_and_a_second_use_ends_the_session_everywhere()
    {
        var bob = new AccountClient(fixture.Site, "bob");
        await bob.BeginAsync();
        var (first, session) = (bob.RefreshToken, bob.SessionId);
        var elsewhere = await bob.OtherDeviceAsync(1);
        await fixture.WithoutAsync(0, async () =>
        {
            foreach (var node in (int[])[1, 2])
            {
                var before = bob.RefreshToken;
                bob.Node = node;
                (await bob.RefreshAsync()).Expect(HttpStatusCode.OK);
                bob.RefreshToken.ShouldNotBe(before);
                bob.SessionId.ShouldBe(session, "the session stays the same");
            }
        });

        await IsKnownAsync(bob, Nodes);
        bob.Node = 0;
        (await bob.RefreshAsync(first)).Refuses(HttpStatusCode.Unauthorized, AccountErrorCodes.InvalidRefreshToken);

        await IsRefusedAsync(bob, Nodes);
        foreach (var node in Nodes)
        {
            bob.Node = node;
            (await bob.RefreshAsync()).Refuses(HttpStatusCode.Unauthorized, AccountErrorCodes.InvalidRefreshToken);
        }

        await IsKnownAsync(elsewhere, Nodes);
    }

    [Fact]
    public async Task A_session_that_is_ended_on_one_node_loses_its_sockets_on_the_others_within_a_second()
    {
        var eve = new AccountClient(fixture.Site, "eve");
        await eve.BeginAsync();
        var stolen = await eve.OtherDeviceAsync(1);
        var created = await eve.CallAsync("POST", "/api/v1/watch-parties", new { title = "Two devices" });
        var partyId = created.Expect(HttpStatusCode.Created).Json.GetProperty("data").GetProperty("id").GetString()!;
        await using var kept = await ConnectAsync(eve, partyId, 2, isRoom: false);
        await using var party = await ConnectAsync(stolen, partyId, 1, isRoom: false);
        await using var room = await ConnectAsync(stolen, partyId, 2, isRoom: true);

        (await eve.CallAsync("DELETE", $"{Profile}/sessions/{stolen.SessionId}")).Expect(HttpStatusCode.NoContent);

        var told = Stopwatch.GetTimestamp();
        foreach (var socket in (WatchSocket[])[party, room])
        {
            (await socket.EndAsync()).Code.ShouldBe(CloseCodes.TokenRevoked.Code);
        }

        ShouldBeSoon("sockets were closed", told);
        await IsRefusedAsync(stolen, Nodes);
        ShouldBeSoon("the token was refused everywhere", told);
        await kept.SendTextAsync("""{"type":"ping"}""");
        await kept.NextAsync("pong");
        await fixture.WithoutAsync(1, () => IsRefusedAsync(stolen, 0, 2));
        await IsRefusedAsync(stolen, 1);
        await IsKnownAsync(eve, Nodes);
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => ConnectAsync(stolen, partyId, 1, isRoom: true));
    }

    [Fact]
    public async Task Failed_log_ins_are_counted_on_all_nodes_together()
    {
        var tom = new AccountClient(fixture.Site, "tom");
        await tom.RegisterAsync();
        for (var i = 0; i < 3; i++)
        {
            await FailAsync(tom, i);
        }

        await fixture.WithoutAsync(2, async () =>
        {
            await FailAsync(tom, 0);
            await FailAsync(tom, 1);
        });

        // The fifth one counted: from now on one has to wait, on each node and longer each time.
        var failures = 5;
        var wait = 0;
        for (var node = 0; wait < 3; node++)
        {
            tom.Node = node % 3;
            var answer = await tom.LogInAsync("not-the-password");
            if (answer.Status == HttpStatusCode.TooManyRequests)
            {
                answer.Refuses(HttpStatusCode.TooManyRequests, AccountErrorCodes.TooManyAttempts);
                wait = (int)answer.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
                await Follower.BackOffAsync();
            }
            else
            {
                answer.Refuses(HttpStatusCode.Unauthorized, AccountErrorCodes.InvalidCredentials);
                (++failures).ShouldBeLessThan(10, "each further failure doubles the wait");
            }
        }

        failures.ShouldBeGreaterThanOrEqualTo(7, "1, 2 and 4 seconds");
        foreach (var node in Nodes)
        {
            tom.Node = node;
            (await tom.LogInAsync()).Refuses(HttpStatusCode.TooManyRequests, AccountErrorCodes.TooManyAttempts);
        }
    }

    private static async Task FailAsync(AccountClient client, int node)
    {
        client.Node = node;
        (await client.LogInAsync("not-the-password")).Refuses(HttpStatusCode.Unauthorized, AccountErrorCodes.InvalidCredentials);
    }

    private static async Task IsKnownAsync(AccountClient client, params int[] nodes)
    {
        foreach (var node in nodes)
        {
            (await client.CallAsync("GET", Profile, node: node)).Expect(HttpStatusCode.OK).Text("email").ShouldBe(client.Email);
        }
    }

    private static async Task IsRefusedAsync(AccountClient client, params int[] nodes)
    {
        foreach (var node in nodes)
        {
            var refused = await Eventually.Async(
                "a refusal", () => client.CallAsync("GET", Profile, node: node), answer => answer.Status != HttpStatusCode.OK);
            refused.Refuses(HttpStatusCode.Unauthorized, AccountErrorCodes.TokenRevoked);
        }
    }

    private async Task<WatchSocket> ConnectAsync(AccountClient client, string partyId, int node, bool isRoom)
    {
        var member = new WatchMember(fixture.Site, partyId, client.UserId, client.AccessToken, isRoom) { Node = node };
        var socket = await WatchSocket.ConnectAsync(member.SocketAddress(), client.Name);
        await socket.NextAsync(isRoom ? "state" : "sync");
        return socket;
    }

    private async Task<string> KeysAsync(int node)
    {
        var keys = await fixture.Site.Http.GetStringAsync(fixture.Site.Url(node, "/.well-known/jwks.json"));
        keys.ShouldContain("RS256");
        return keys;
    }

    private void ShouldBeSoon(string what, long since)
    {
        var took = Stopwatch.GetElapsedTime(since);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"After {took.TotalMilliseconds:0} ms {what}."));
        took.ShouldBeLessThan(Soon, what);
    }
}
