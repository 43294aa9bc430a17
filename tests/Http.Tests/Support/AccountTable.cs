using System.Text.Json;

namespace AkkaParty.Http.Tests.Support;

/// <summary>Somebody who is logged in.</summary>
internal sealed record LoggedIn(string Id, string Email, string Access, string Refresh, string SessionId);

/// <summary>Calls on accounts, in short.</summary>
internal static class AccountTable
{
    public const string Password = "correct horse battery";

    /// <summary>Registers somebody and logs them in.</summary>
    public static async Task<LoggedIn> EnterAsync(this TestHost host, string name)
    {
        var email = $"{name}@example.org";
        var registered = await host.PostAsync("/api/v1/users/register", new { email, password = Password, name });
        registered.Status.ShouldBe(201, registered.Text);
        return await host.LogInAsync(email);
    }

    /// <summary>Logs somebody in.</summary>
    public static async Task<LoggedIn> LogInAsync(this TestHost host, string email, string password = Password)
    {
        var answer = await host.PostAsync("/api/v1/auth/login", new { email, password });
        answer.Status.ShouldBe(200, answer.Text);
        return Read(answer);
    }

    /// <summary>What a log-in or a refresh gave.</summary>
    public static LoggedIn Read(Answer answer)
    {
        var user = answer.Json.GetProperty("user");
        return new LoggedIn(
            user.GetProperty("id").GetString()!,
            user.GetProperty("email").GetString()!,
            answer["access_token"]!,
            answer["refresh_token"]!,
            answer["session_id"]!);
    }

    public static Task<Answer> PostAsync(
        this TestHost host, string path, object? body, string? token = null, params (string Name, string Value)[] headers) =>
        host.SendAsync(HttpMethod.Post, path, body is null ? null : JsonSerializer.Serialize(body), token, headers);

    public static Task<Answer> GetAsync(this TestHost host, string path, string? token = null) =>
        host.SendAsync(HttpMethod.Get, path, null, token);

    public static Task<Answer> PatchAsync(
        this TestHost host, string path, object body, string? token, params (string Name, string Value)[] headers) =>
        host.SendAsync(HttpMethod.Patch, path, JsonSerializer.Serialize(body), token, headers);

    public static Task<Answer> DeleteAsync(this TestHost host, string path, string? token, object? body = null) =>
        host.SendAsync(HttpMethod.Delete, path, body is null ? null : JsonSerializer.Serialize(body), token);
}
