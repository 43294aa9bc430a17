using System.Text.Json;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.Accounts;

public sealed class FriendTests
{
    private const string Friends = "/api/v1/friends";

    [Fact]
    public async Task Somebody_asks_the_other_accepts_and_both_see_it()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var (ada, bob) = (await host.EnterAsync("ada"), await host.EnterAsync("bob"));

        var asked = await host.PostAsync(Friends, new { email = "BOB@example.org" }, ada.Access);
        asked.Status.ShouldBe(201, asked.Text);
        asked.Json.GetProperty("friend").GetProperty("status").GetString().ShouldBe("outgoing");
        asked.Text.ShouldNotContain("@", customMessage: "nobody learns an address of somebody else");
        (await host.PostAsync(Friends, new { user_id = bob.Id }, ada.Access)).Status.ShouldBe(201, "asking twice changes nothing");
        (await ListAsync(host, ada)).ShouldBe(("", "", "bob"));
        (await ListAsync(host, bob)).ShouldBe(("", "ada", ""));

        (await host.PostAsync($"{Friends}/{bob.Id}/accept", null, ada.Access)).ShouldBeProblem(404, "friend_not_found");
        var accepted = await host.PostAsync($"{Friends}/{ada.Id}/accept", null, bob.Access);
        accepted.Status.ShouldBe(200, accepted.Text);
        accepted.Json.GetProperty("friend").GetProperty("status").GetString().ShouldBe("accepted");
        (await ListAsync(host, ada)).ShouldBe(("bob", "", ""));
        (await ListAsync(host, bob)).ShouldBe(("ada", "", ""));
        (await host.PostAsync(Friends, new { user_id = ada.Id }, bob.Access)).ShouldBeProblem(409, "already_friends");

        (await host.PostAsync($"{Friends}/{ada.Id}/refuse", null, bob.Access)).ShouldBeProblem(404, "friend_not_found");
        (await host.DeleteAsync($"{Friends}/{ada.Id}", bob.Access)).Status.ShouldBe(204);
        (await ListAsync(host, ada)).ShouldBe(("", "", ""));
        (await host.DeleteAsync($"{Friends}/{ada.Id}", bob.Access)).ShouldBeProblem(404, "friend_not_found");
    }

    [Fact]
    public async Task Whoever_asks_somebody_that_has_asked_accepts()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var (ada, bob) = (await host.EnterAsync("ada"), await host.EnterAsync("bob"));
        await host.PostAsync(Friends, new { user_id = bob.Id }, ada.Access);
        (await host.PostAsync(Friends, new { user_id = ada.Id }, bob.Access)).Status.ShouldBe(200);
        (await ListAsync(host, ada)).ShouldBe(("bob", "", ""));
    }

    [Fact]
    public async Task A_request_can_be_refused_and_taken_back()
    {
        await using var host = await TestHost.StartWithAccountsAsync();
        var (ada, bob) = (await host.EnterAsync("ada"), await host.EnterAsync("bob"));
        await host.PostAsync(Friends, new { user_id = bob.Id }, ada.Access);
        (await host.PostAsync($"{Friends}/{bob.Id}/refuse", null, ada.Access)).ShouldBeProblem(404, "friend_not_found");
        (await host.PostAsync($"{Friends}/{ada.Id}/refuse", null, bob.Access)).Status.ShouldBe(200);
        (await ListAsync(host, ada)).ShouldBe(("", "", ""));
        await host.PostAsync(Friends, new { user_id = bob.Id }, ada.Access);
        (await host.DeleteAsync($"{Friends}/{bob.Id}", ada.Access)).Status.ShouldBe(204);
        (await ListAsync(host, bob)).ShouldBe(("", "", ""));
    }

    [Fact]
    public async Task Refuses_what_cannot_be_and_names_the_field()
    {
        await using var host = await TestHost.StartWithAccountsAsync(
            new HttpOptions { Windows = new RateWindowOptions { AskForFriendshipPerHour = 4 } });
        var ada = await host.EnterAsync("ada");
        (await host.PostAsync(Friends, new { }, ada.Access)).ShouldBeProblem(400, "invalid_request_body", "user_id");
        (await host.PostAsync(Friends, new { email = "x@example.org", user_id = ada.Id }, ada.Access))
            .ShouldBeProblem(400, "invalid_request_body", "user_id");
        (await host.PostAsync(Friends, new { user_id = ada.Id }, ada.Access)).ShouldBeProblem(400, "invalid_friend");
        (await host.PostAsync(Friends, new { user_id = "x" }, ada.Access)).ShouldBeProblem(404, "account_not_found", "user_id");
        (await host.PostAsync(Friends, new { user_id = Guid.NewGuid() }, ada.Access)).ShouldBeProblem(404, "account_not_found");
        (await host.PostAsync(Friends, new { email = "nobody@example.org" }, ada.Access))
            .ShouldBeProblem(404, "account_not_found", "email");
        (await host.PostAsync(Friends, new { email = "nobody@example.org" }, ada.Access)).ShouldBeProblem(429, "rate_limited");
        (await host.GetAsync(Friends)).ShouldBeProblem(401, "token_required");
        foreach (var path in (string[])["/x/accept", "/x/refuse"])
        {
            (await host.PostAsync(Friends + path, null, ada.Access)).ShouldBeProblem(404, "friend_not_found");
        }
    }

    private static async Task<(string Friends, string Incoming, string Outgoing)> ListAsync(TestHost host, LoggedIn who)
    {
        var lists = (await host.GetAsync(Friends, who.Access)).Json;
        return (Names(lists.GetProperty("friends")), Names(lists.GetProperty("incoming")), Names(lists.GetProperty("outgoing")));
    }

    private static string Names(JsonElement list) =>
        string.Join(',', list.EnumerateArray().Select(friend => friend.GetProperty("name").GetString()));
}
