using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.WatchParties;

/// <summary>Whoever deletes their account leaves nothing behind in watch parties that says who they were.</summary>
public sealed class DeletedAccountTests
{
    private const string Password = "four steps on the stairs";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deleted_account_leaves_its_watch_parties_and_its_name_whether_the_server_is_killed_or_not(bool isKilled)
    {
        await using var server = await ServerProcess.StartAsync();
        var (ada, bob) = (await EnterAsync(server, "Ada"), await EnterAsync(server, "Bob"));
        var made = await CallAsync(server, HttpMethod.Post, "/api/v1/watch-parties", ada, new { title = "Silent Saturday" });
        var (id, code) = (made.GetProperty("id").GetString()!, made.GetProperty("invite_code").GetString()!);
        await CallAsync(server, HttpMethod.Post, $"/api/v1/watch-parties/{code}/join", bob, new { });
        await CallAsync(server, HttpMethod.Post, $"/api/v1/watch-parties/{id}/messages", ada, new { message = "Hello" });

        await SendAsync(server, HttpMethod.Delete, "/api/v1/profile", ada, new { password = Password });
        if (isKilled)
        {
            await server.Kill9Async();
            await server.RestartAsync();
        }

        var people = await Eventually.Async(
            "Ada's seat to be free",
            () => CallAsync(server, HttpMethod.Get, $"/api/v1/watch-parties/{id}/participants", bob),
            found => found.GetProperty("count").GetInt32() == 1);
        var left = people.GetProperty("participants")[0];
        (left.GetProperty("user").GetProperty("display_name").GetString(), left.GetProperty("role").GetString()).ShouldBe(("Bob", "host"));
        var said = await Eventually.Async(
            "Ada's name to be forgotten",
            () => CallAsync(server, HttpMethod.Get, $"/api/v1/watch-parties/{id}/messages", bob),
            found => !found.GetRawText().Contains("Ada", StringComparison.Ordinal));
        var message = said.GetProperty("messages")[0];
        (message.GetProperty("display_name").GetString(), message.GetProperty("message").GetString()).ShouldBe(("Deleted user", "Hello"));
    }

    private static async Task<string> EnterAsync(ServerProcess server, string name)
    {
        var email = $"{name}@example.org";
        await SendAsync(server, HttpMethod.Post, "/api/v1/users/register", null, new { name, email, password = Password });
        var answer = await SendAsync(server, HttpMethod.Post, "/api/v1/auth/login", null, new { email, password = Password });
        return JsonDocument.Parse(answer).RootElement.GetProperty("access_token").GetString()!;
    }

    private static async Task<JsonElement> CallAsync(
        ServerProcess server, HttpMethod method, string path, string token, object? body = null) =>
        JsonDocument.Parse(await SendAsync(server, method, path, token, body)).RootElement.GetProperty("data");

    private static async Task<string> SendAsync(ServerProcess server, HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Address, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBeOneOf(
            [HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.NoContent], $"{method} {path}: {text}");
        return text;
    }
}
