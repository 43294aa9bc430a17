using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.EndToEnd.Rooms;
using AkkaParty.EndToEnd.Rooms.Crowds;

namespace AkkaParty.EndToEnd.Accounts;

/// <summary>Somebody with an account, on one device: calls any node, with the tokens that they have.</summary>
/// <param name="site">Where.</param>
/// <param name="name">Their name.</param>
internal sealed class AccountClient(RoomSite site, string name)
{
    private const string Password = "a-long-walk-home-7";
    private static int _addresses;

    // Failures are counted for each address: everybody here comes from one of their own.
    private readonly int _address = Interlocked.Increment(ref _addresses);

    private AccountClient(RoomSite site, string name, string email, string userId)
        : this(site, name)
    {
        (Email, UserId) = (email, userId);
    }

    /// <summary>Their name.</summary>
    public string Name => name;

    /// <summary>Their address.</summary>
    public string Email { get; } = $"{name}-{Guid.NewGuid():N}@example.org";

    /// <summary>The account's id; empty before there is one.</summary>
    public string UserId { get; private set; } = string.Empty;

    /// <summary>The access token; empty for none.</summary>
    public string AccessToken { get; private set; } = string.Empty;

    /// <summary>The refresh token.</summary>
    public string RefreshToken { get; private set; } = string.Empty;

    /// <summary>The session.</summary>
    public string SessionId { get; private set; } = string.Empty;

    /// <summary>The number of the node it speaks to.</summary>
    public int Node { get; set; }

    /// <summary>Registers an account and logs in.</summary>
    public async Task BeginAsync()
    {
        await RegisterAsync();
        (await LogInAsync()).Expect(HttpStatusCode.OK);
    }

    /// <summary>Registers an account.</summary>
    public async Task RegisterAsync()
    {
        var answer = await CallAsync("POST", "/api/v1/users/register", new { email = Email, password = Password, name });
        UserId = answer.Expect(HttpStatusCode.Created).Json.GetProperty("user").GetProperty("id").GetString()!;
    }

    /// <summary>Logs in and remembers the tokens.</summary>
    public async Task<Answer> LogInAsync(string password = Password) =>
        Take(await CallAsync("POST", "/api/v1/auth/login", new { email = Email, password }));

    /// <summary>Exchanges a refresh token, the last one unless another is given, and remembers the new ones.</summary>
    public async Task<Answer> RefreshAsync(string? token = null) =>
        Take(await CallAsync("POST", "/api/v1/auth/refresh", new { refresh_token = token ?? RefreshToken }));

    /// <summary>Another device of the same person.</summary>
    public async Task<AccountClient> OtherDeviceAsync(int node)
    {
        var other = new AccountClient(site, Name, Email, UserId) { Node = node };
        (await other.LogInAsync()).Expect(HttpStatusCode.OK);
        return other;
    }

    /// <summary>Calls a route of a node with the access token and keeps the answer.</summary>
    public async Task<Answer> CallAsync(string method, string path, object? body = null, string? key = null, int? node = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), site.Url(node ?? Node, path));
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Add(
            "X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"203.0.{_address / 250}.{(_address % 250) + 1}"));
        if (AccessToken.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var response = await site.Http.SendAsync(request);
        return new Answer($"{method} {path} ({name})", response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>Calls a route until it is carried out: after a loss once more, elsewhere, with the same key.</summary>
    public async Task<Answer> DoAsync(string method, string path, object? body = null)
    {
        var key = Guid.NewGuid().ToString("N");
        while (true)
        {
            try
            {
                var answer = await CallAsync(method, path, body, key);
                if (answer.Status != HttpStatusCode.ServiceUnavailable)
                {
                    return answer;
                }
            }
            catch (Exception exception) when (Follower.IsLoss(exception))
            {
                // Whether it was carried out is not known: the key makes the repetition safe.
            }

            Node++;
            await Follower.BackOffAsync();
        }
    }

    private Answer Take(Answer answer)
    {
        if (answer.Status == HttpStatusCode.OK)
        {
            (AccessToken, RefreshToken) = (answer.Text("access_token"), answer.Text("refresh_token"));
            SessionId = answer.Text("session_id");
            UserId = answer.Json.GetProperty("user").GetProperty("id").GetString()!;
        }

        return answer;
    }
}
