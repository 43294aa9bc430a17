using System.Text.Json;

namespace AkkaParty.Http.Tests.Support;

/// <summary>A watch party whose host is Ada, and people who may join it. All have accounts.</summary>
internal sealed class WatchTable
{
    private readonly Dictionary<string, (Guid Id, string Token)> _people = new(StringComparer.Ordinal);

    private WatchTable(TestHost host) => Host = host;

    public TestHost Host { get; }

    /// <summary>The answer to creating the party.</summary>
    public Answer Created { get; private set; } = null!;

    public string Id { get; private set; } = "";

    public string Code { get; private set; } = "";

    /// <summary>Opens a party; with what its settings shall be.</summary>
    public static async Task<WatchTable> OpenAsync(TestHost host, object? more = null, params string[] others)
    {
        var table = new WatchTable(host);
        table.Seed("ada");
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["title"] ??= "Friday";
        table.Created = await table.SendAsync("ada", "POST", "/api/v1/watch-parties", body.ToJsonString());
        table.Created.Status.ShouldBe(201, table.Created.Text);
        var data = table.Created.Json.GetProperty("data");
        table.Id = data.GetProperty("id").GetString()!;
        table.Code = data.GetProperty("invite_code").GetString()!;
        foreach (var other in others)
        {
            (await table.JoinAsync(other)).Status.ShouldBe(200, other);
        }

        return table;
    }

    /// <summary>A table at which nobody has created anything yet.</summary>
    public static WatchTable At(TestHost host) => new(host);

    /// <summary>Somebody's member id.</summary>
    public string this[string name] => _people[name].Id.ToString("D");

    /// <summary>Somebody's access token.</summary>
    public string TokenOf(string name) => _people[name].Token;

    /// <summary>Somebody with an account.</summary>
    public void Seed(string name, Accounts.AccountRole role = Accounts.AccountRole.User)
    {
        if (!_people.ContainsKey(name))
        {
            _people[name] = Host.Accounts.Seed(name, role);
        }
    }

    /// <summary>Joins by the code.</summary>
    public Task<Answer> JoinAsync(string name, string? codeOrId = null, string? body = null)
    {
        Seed(name);
        return SendAsync(name, "POST", $"/api/v1/watch-parties/{codeOrId ?? Code}/join", body);
    }

    /// <summary>Sends a request as somebody, or as nobody; a tilde stands for the party's path.</summary>
    public Task<Answer> SendAsync(
        string? name, string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        if (name is not null)
        {
            Seed(name);
        }

        return Host.SendAsync(
            new HttpMethod(method),
            path.Replace("~", $"/api/v1/watch-parties/{Id}", StringComparison.Ordinal),
            body,
            name is null ? null : _people[name].Token,
            headers);
    }

    /// <summary>Sends a request that must succeed, and gives the envelope's data.</summary>
    public async Task<JsonElement> DoAsync(string name, string method, string path, string? body = null, int status = 200)
    {
        var answer = await SendAsync(name, method, path, body);
        return Data(answer, status);
    }

    /// <summary>What an envelope holds.</summary>
    public static JsonElement Data(Answer answer, int status = 200)
    {
        answer.Status.ShouldBe(status, answer.Text);
        answer.ContentType.ShouldBe("application/json");
        answer["success"].ShouldBe("True");
        return answer.Json.GetProperty("data");
    }

    /// <summary>The names of those who have a seat, with their roles.</summary>
    public async Task<string> SeatsAsync(string name = "ada")
    {
        var data = await DoAsync(name, "GET", "~/participants");
        return string.Join(' ', data.GetProperty("participants").EnumerateArray().Select(one =>
            $"{one.GetProperty("user").GetProperty("display_name").GetString()}:{one.GetProperty("role").GetString()}"));
    }

    /// <summary>Lets somebody in who has no account, through the host.</summary>
    public async Task<(string RequestId, string Token)> LetInAsync(string guest)
    {
        var asked = await SendAsync(null, "POST", $"/api/v1/rooms/{Id}/request-access", $$"""{"guest_name":"{{guest}}"}""");
        asked.Status.ShouldBe(202, asked.Text);
        var requestId = asked["request_id"]!;
        if (asked["status"] == "pending")
        {
            var review = $"/api/v1/rooms/{Id}/guest-requests/{requestId[..48]}/approve";
            (await SendAsync("ada", "POST", review, """{"approved":true}""")).Status.ShouldBe(200);
        }

        var status = await SendAsync(null, "GET", $"/api/v1/guest-requests/{requestId}/status");
        return (requestId, status["session_token"].ShouldNotBeNull(status.Text));
    }

    /// <summary>Sends a request as a guest.</summary>
    public Task<Answer> AsGuestAsync(string token, string method, string path, string? body = null) =>
        SendAsync(null, method, path, body, ("X-Guest-Token", token));
}

/// <summary>What failures look like on the surface of watch parties.</summary>
internal static class WatchAnswers
{
    public static void ShouldFail(this Answer answer, int status, string code, string? reason = null)
    {
        answer.Status.ShouldBe(status, answer.Text);
        answer.ContentType.ShouldBe("application/json");
        answer["success"].ShouldBe("False");
        var error = answer.Json.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code, answer.Text);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        if (reason is not null)
        {
            error.GetProperty("reason").GetString().ShouldBe(reason, answer.Text);
        }
    }
}
