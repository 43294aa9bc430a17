using System.Text.Json;

namespace AkkaParty.Http.Tests.Support;

/// <summary>A room on a test host, with the tokens of those who sit in it.</summary>
internal sealed class RoomTable
{
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    private RoomTable(TestHost host, Answer created)
    {
        Host = host;
        Created = created;
    }

    public TestHost Host { get; }

    public Answer Created { get; }

    public string Id => Created["_id"]!;

    public string Code => Created["code"]!;

    public string this[string userId] => _tokens[userId];

    /// <summary>Creates a room with Ada as its admin, in which the others join.</summary>
    public static async Task<RoomTable> OpenAsync(TestHost host, params string[] others)
    {
        var created = await host.SendAsync(
            HttpMethod.Post, "/api/rooms", """{"name":"Friday","members":[{"user_id":"ada","name":"Ada"}]}""");
        created.Status.ShouldBe(201, created.Text);
        var room = new RoomTable(host, created);
        if (created["token"] is { } token)
        {
            room._tokens["ada"] = token;
        }

        foreach (var userId in others)
        {
            await room.JoinAsync(userId);
        }

        return room;
    }

    public async Task<Answer> JoinAsync(string userId, string? token = null)
    {
        var name = char.ToUpperInvariant(userId[0]) + userId[1..];
        var joined = await Host.SendAsync(
            HttpMethod.Post, $"/api/rooms/{Code}/join", $$"""{"user_id":"{{userId}}","name":"{{name}}"}""", token);
        joined.Status.ShouldBe(200, joined.Text);
        if (joined["token"] is { } fresh)
        {
            _tokens[userId] = fresh;
        }

        return joined;
    }

    /// <summary>Sends a request as a member; with a path that begins with a tilde, in the room.</summary>
    public Task<Answer> SendAsync(
        string userId, string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        Host.SendAsync(new HttpMethod(method), path.Replace("~", Id, StringComparison.Ordinal), body, TokenOf(userId), headers);

    /// <summary>Adds a film and gives its id.</summary>
    public async Task<string> AddAsync(string userId, string title, string more = "")
    {
        var added = await SendAsync(
            userId, "POST", "/api/queue", $$"""{"room_id":"{{Id}}","title":"{{title}}","added_by":"{{userId}}"{{more}}}""");
        added.Status.ShouldBe(201, added.Text);
        return added["_id"]!;
    }

    /// <summary>Votes.</summary>
    public async Task<Answer> VoteAsync(string userId, string itemId, string vote = "up")
    {
        var cast = await SendAsync(
            userId, "POST", "/api/votes", $$"""{"item_id":"{{itemId}}","user_id":"{{userId}}","vote":"{{vote}}"}""");
        cast.Status.ShouldBe(201, cast.Text);
        return cast;
    }

    /// <summary>What a list contains, by one of its members.</summary>
    public static List<string?> Each(Answer answer, string member) =>
        [.. answer.Json.EnumerateArray().Select(entry => entry.GetProperty(member).ValueKind == JsonValueKind.Null
            ? null
            : entry.GetProperty(member).ToString())];

    private string? TokenOf(string userId) => _tokens.GetValueOrDefault(userId);
}
