using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AkkaParty.EndToEnd.Accounts;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.EndToEnd.Rooms;

namespace AkkaParty.EndToEnd.WatchParties;

/// <summary>A public watch party with a host and a viewer who have accounts, and a guest.</summary>
internal sealed class WatchTable
{
    private WatchTable(RoomSite site, AccountClient host, AccountClient viewer, string partyId)
    {
        (Site, Host, Viewer, PartyId) = (site, host, viewer, partyId);
    }

    /// <summary>Where it is.</summary>
    public RoomSite Site { get; }

    /// <summary>The host.</summary>
    public AccountClient Host { get; }

    /// <summary>Somebody who has a seat and no more.</summary>
    public AccountClient Viewer { get; }

    /// <summary>The party.</summary>
    public string PartyId { get; }

    /// <summary>The guest's token.</summary>
    public string GuestToken { get; private set; } = string.Empty;

    /// <summary>The guest's id.</summary>
    public string GuestId { get; private set; } = string.Empty;

    /// <summary>Where its routes are.</summary>
    public string Path => $"/api/v1/watch-parties/{PartyId}";

    /// <summary>Makes one; only the host and co-hosts control it.</summary>
    public static async Task<WatchTable> SeatAsync(RoomSite site)
    {
        var (host, viewer) = (new AccountClient(site, "host"), new AccountClient(site, "viewer"));
        await Task.WhenAll(host.BeginAsync(), viewer.BeginAsync());
        var created = await host.CallAsync("POST", "/api/v1/watch-parties", new { title = "Friday", visibility = "public" });
        var partyId = created.Expect(HttpStatusCode.Created).Json.GetProperty("data").GetProperty("id").GetString()!;
        var table = new WatchTable(site, host, viewer, partyId);
        (await viewer.CallAsync("POST", table.Path + "/join")).Expect(HttpStatusCode.OK);
        using var asked = await site.Http.PostAsJsonAsync(
            site.Url(0, $"/api/v1/rooms/{partyId}/request-access"), new { guest_name = "Gus" });
        table.GuestToken = (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("session_token").GetString()!;
        var seat = await site.Http.GetFromJsonAsync<JsonElement>(site.Url(0, $"/api/v1/guest/validate/{table.GuestToken}"));
        table.GuestId = seat.GetProperty("guest_id").GetString()!;
        return table;
    }

    /// <summary>Somebody with an account as a member.</summary>
    public WatchMember Member(AccountClient client, bool isRoom) => new(Site, PartyId, client.UserId, client.AccessToken, isRoom);

    /// <summary>The guest as a member.</summary>
    public WatchMember Guest(bool isRoom) => new(Site, PartyId, GuestId, GuestToken, isRoom);

    /// <summary>A ticket of somebody's.</summary>
    public async Task<string> TicketAsync(AccountClient client)
    {
        var answer = (await client.CallAsync("POST", Path + "/ticket")).Expect(HttpStatusCode.Created);
        return answer.Json.GetProperty("data").GetProperty("ticket").GetString()!;
    }

    /// <summary>Opens a socket and awaits its first frame.</summary>
    public static async Task<WatchSocket> ConnectAsync(WatchMember member, string? query = null)
    {
        var socket = await WatchSocket.ConnectAsync(
            query is null ? member.SocketAddress() : member.SocketAddress(query), $"{member.UserId}'s socket");
        await socket.NextAsync(member.IsRoom ? "state" : "sync");
        return socket;
    }

    /// <summary>Asks for an upgrade that is refused, and says how.</summary>
    /// <returns>The status and the code of the error, in whatever form the surface gives it.</returns>
    public async Task<(int Status, string? Code)> RefusedAsync(Uri address, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(address) { Scheme = "http" }.Uri);
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await Site.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldNotBe(HttpStatusCode.SwitchingProtocols, address.ToString());
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        var code = body.TryGetProperty("success", out _) ? body.GetProperty("error").GetProperty("reason") : body.GetProperty("code");
        return ((int)response.StatusCode, code.GetString());
    }
}
