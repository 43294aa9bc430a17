using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AkkaParty.EndToEnd.Accounts;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.EndToEnd.Rooms;

namespace AkkaParty.EndToEnd.WatchParties.Crowds;

/// <summary>A watch party full of people, with accounts and as guests, on both dialects and all nodes, who all work at once.</summary>
internal sealed class WatchCrowd : IAsyncDisposable
{
    private const int CoHostsMax = 3;
    private readonly Pulse _pulse = new();
    private readonly AccountClient _host;
    private long _acknowledged;

    private WatchCrowd(AccountClient host, string partyId, IReadOnlyList<WatchMember> members, int seed)
    {
        (_host, PartyId) = (host, partyId);
        Users = [.. members.Select((member, i) => new WatchUser(member, i + 1, seed + i, Acknowledge))];
        Roles = new Roles(host, partyId, [.. members.Skip(1).Take(CoHostsMax).Select(member => member.UserId)]);
    }

    /// <summary>The party.</summary>
    public string PartyId { get; }

    /// <summary>Everybody, the host first.</summary>
    public IReadOnlyList<WatchUser> Users { get; }

    /// <summary>Who changes roles.</summary>
    public Roles Roles { get; }

    /// <summary>How many commands were answered.</summary>
    public long Acknowledged => _pulse.Read(() => _acknowledged);

    /// <summary>Creates a party, everybody takes a seat, and all follow.</summary>
    /// <param name="site">Where.</param>
    /// <param name="accounts">How many have accounts.</param>
    /// <param name="guests">How many are guests.</param>
    /// <param name="seed">Decides what they do.</param>
    public static async Task<WatchCrowd> GatherAsync(RoomSite site, int accounts, int guests, int seed)
    {
        var people = Enumerable.Range(0, accounts).Select(i => new AccountClient(site, Name("user", i)) { Node = i }).ToList();
        await Task.WhenAll(people.Select(person => person.BeginAsync()));
        var items = Enumerable.Range(1, 3).Select(
            i => new { title = Name("First", i), url = "https://films.example/first.mp4", duration_ms = WatchUser.ItemMs });
        var party = new { title = "Everybody at once", visibility = "public", controls = "everyone", skip_percent = 10, items };
        var created = (await people[0].CallAsync("POST", "/api/v1/watch-parties", party)).Expect(HttpStatusCode.Created);
        var partyId = created.Json.GetProperty("data").GetProperty("id").GetString()!;
        await Task.WhenAll(people.Skip(1).Select(async person =>
            (await person.CallAsync("POST", $"/api/v1/watch-parties/{partyId}/join")).Expect(HttpStatusCode.OK)));

        var seats = people.Select(person => (person.UserId, Token: person.AccessToken)).ToList();
        seats.AddRange(await Task.WhenAll(Enumerable.Range(0, guests).Select(i => AdmitAsync(site, partyId, i))));
        var members = seats.Select(
            (seat, i) => new WatchMember(site, partyId, seat.UserId, seat.Token, IsRoom: i % 2 == 1) { Node = i });
        var crowd = new WatchCrowd(people[0], partyId, [.. members], seed);
        await Task.WhenAll(crowd.Users.Select(user => user.Follower.BeginAsync()));
        return crowd;
    }

    /// <summary>Everybody does what they like; meanwhile the host changes roles.</summary>
    /// <param name="times">How many things each of them does.</param>
    public Task WorkAsync(int times) =>
        Task.WhenAll([.. Users.Select(user => WorkAsync(user, times)), Roles.WorkAsync((3 * CoHostsMax) + 1)]);

    /// <summary>Waits until so many more commands were answered.</summary>
    public Task UntilMoreAsync(long count)
    {
        var enough = Acknowledged + count;
        return _pulse.UntilAsync(
            () => _acknowledged >= enough ? this : null, $"{enough} answered commands", () => $"There were {_acknowledged}.",
            Patience.Process);
    }

    /// <summary>
    /// After the work: waits until everybody is seen to be there, has one last thing said, and waits until all were told of it.
    /// </summary>
    /// <returns>Its number.</returns>
    public async Task<long> SettleAsync()
    {
        await Task.WhenAll(Users.Select(user => user.Follower.Story.UntilAsync(
            "everybody to be connected", picture => picture.ConnectedCount == Users.Count)));
        var end = await Users[0].SayAsync("The end.");
        await Task.WhenAll(Users.Skip(1).Select(user => user.Follower.Story.UntilAsync(end)));
        await Users[0].Follower.Story.UntilAsync(end);
        return end;
    }

    /// <summary>Waits until everybody pictures the party as a node shows it.</summary>
    /// <param name="node">The number of the node.</param>
    public async Task AgreeAsync(int node)
    {
        // Lists of people are sent some time after a change.
        var truth = await Eventually.Async(
            "everybody to picture the same people",
            () => ReadAsync(node),
            picture => Users.All(user => user.Follower.Story.Picture(p => p.People).SequenceEqual(picture.People)));
        truth.People.Count.ShouldBe(Users.Count);
        foreach (var user in Users)
        {
            var story = user.Follower.Story;
            story.Picture(p => p.Playback).ShouldBe(truth.Playback, story.Owner);
            story.Picture(p => p.Items).ShouldBe(truth.Items, story.Owner);
            story.Picture(p => p.Chat).ShouldBe(truth.Chat, story.Owner);
        }

        truth.People.Where(person => person.Contains(" co-host ", StringComparison.Ordinal)).Select(person => person.Split(' ')[0])
            .ShouldBe(Roles.CoHosts.Order(StringComparer.Ordinal), "roles are those that were acknowledged last");
        var counted = Users.SelectMany(user => user.Deeds).Where(deed => deed.Kind is "chat" or "playlist_add").ToList();
        truth.Chat.Count.ShouldBe(counted.Count(deed => deed.Kind == "chat"), "everything that was said, once");
        truth.Items.Count.ShouldBe(3 + counted.Count(deed => deed.Kind == "playlist_add"), "every item that was added, once");
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(Users.Select(user => user.DisposeAsync().AsTask()));

    private async Task<WatchPicture> ReadAsync(int node)
    {
        var path = $"/api/v1/watch-parties/{PartyId}";
        var party = (await _host.CallAsync("GET", path, node: node)).Expect(HttpStatusCode.OK).Json.GetProperty("data");
        var said = (await _host.CallAsync("GET", path + "/messages", node: node)).Expect(HttpStatusCode.OK).Json.GetProperty("data");
        return WatchPicture.Of(party, said.GetProperty("messages"));
    }

    private static async Task WorkAsync(WatchUser user, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await user.DoSomethingAsync();
        }
    }

    private static async Task<(string UserId, string Token)> AdmitAsync(RoomSite site, string partyId, int i)
    {
        var asked = await site.Http.PostAsJsonAsync(
            site.Url(i, $"/api/v1/rooms/{partyId}/request-access"), new { guest_name = Name("Guest", i) });
        var body = await asked.Content.ReadAsStringAsync();
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted, body);
        var token = JsonDocument.Parse(body).RootElement.GetProperty("session_token").GetString()!;
        var seat = await site.Http.GetFromJsonAsync<JsonElement>(site.Url(i + 1, $"/api/v1/guest/validate/{token}"));
        return (seat.GetProperty("guest_id").GetString()!, token);
    }

    private static string Name(string word, int i) => string.Create(CultureInfo.InvariantCulture, $"{word}{i}");

    private void Acknowledge() => _pulse.Change(() => _acknowledged++);
}
