using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.WatchParties;

/// <summary>Repeated calls with a key.</summary>
public sealed class WatchIdempotencyTests
{
    private static readonly (string, string) Key = ("Idempotency-Key", "key-0123456789abcdef");

    [Fact]
    public async Task A_repeated_creation_meets_the_same_party_and_code()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = WatchTable.At(host);
        const string Body = """{"title":"Friday","password":"popcorn","items":[{"title":"Metropolis"}]}""";

        var first = await table.SendAsync("ada", "POST", "/api/v1/watch-parties", Body, Key);
        var again = await table.SendAsync("ada", "POST", "/api/v1/watch-parties", Body, Key);
        first.Status.ShouldBe(201, first.Text);
        again.Status.ShouldBe(201, again.Text);
        foreach (var member in (string[])["id", "invite_code"])
        {
            again.Json.GetProperty("data").GetProperty(member).GetString()
                .ShouldBe(first.Json.GetProperty("data").GetProperty(member).GetString());
        }

        (await table.SendAsync("ada", "POST", "/api/v1/watch-parties", """{"title":"Monday"}""", Key))
            .ShouldFail(422, "INVALID_REQUEST", "idempotency_key_reused");
        var other = await table.SendAsync("bob", "POST", "/api/v1/watch-parties", Body, Key);
        WatchTable.Data(other, 201).GetProperty("id").GetString()
            .ShouldNotBe(first.Json.GetProperty("data").GetProperty("id").GetString(), "a key is its owner's");
    }

    [Fact]
    public async Task A_repeated_message_is_said_once()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, null, "bob");

        var first = await table.SendAsync("bob", "POST", "~/messages", """{"message":"hello"}""", Key);
        var again = await table.SendAsync("bob", "POST", "~/messages", """{"message":"hello"}""", Key);
        (again.Status, again.Text).ShouldBe((201, first.Text));
        (await table.DoAsync("ada", "GET", "~/messages")).GetProperty("count").GetInt32().ShouldBe(1);
        (await table.SendAsync("bob", "POST", "~/messages", """{"message":"hi"}""", Key))
            .ShouldFail(422, "INVALID_REQUEST", "idempotency_key_reused");
        (await table.SendAsync("bob", "POST", "~/messages", """{"message":"hi"}""", ("Idempotency-Key", "short")))
            .ShouldFail(400, "INVALID_REQUEST");
    }

    [Fact]
    public async Task A_repeated_request_of_a_guest_is_one_request_with_one_token()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host, new { visibility = "public" });
        var path = $"/api/v1/rooms/{table.Id}/request-access";

        var first = await table.SendAsync(null, "POST", path, """{"guest_name":"Gus"}""", Key);
        var again = await table.SendAsync(null, "POST", path, """{"guest_name":"Gus"}""", Key);
        (first.Status, again.Status).ShouldBe((202, 202), again.Text);
        (again["request_id"], again["session_token"]).ShouldBe((first["request_id"], first["session_token"]));
    }
}
