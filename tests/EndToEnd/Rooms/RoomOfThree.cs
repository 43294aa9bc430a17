using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>A room in which three people sit, with a watched film and a queued one that its admin has voted for.</summary>
public abstract class RoomOfThree(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private RoomTable? _table;
    private RoomSite? _site;

    /// <summary>The server.</summary>
    internal ServerProcess Server => fixture.Server;

    /// <summary>The same for clients.</summary>
    internal RoomSite Site => _site ?? throw new InvalidOperationException("The room was not made.");

    /// <summary>The room's id.</summary>
    internal string RoomId => Alice.RoomId;

    /// <summary>The admin.</summary>
    internal RoomClient Alice => Table.Admin;

    /// <summary>A member.</summary>
    internal RoomClient Bob => Table.People[1];

    /// <summary>The queued film.</summary>
    internal string ItemId { get; private set; } = string.Empty;

    /// <summary>The watched film's place in the history.</summary>
    internal string EntryId { get; private set; } = string.Empty;

    private RoomTable Table => _table ?? throw new InvalidOperationException("The room was not made.");

    public async ValueTask InitializeAsync()
    {
        _site = new RoomSite(Server);
        _table = await RoomTable.SeatAsync(_site, "alice", "bob", "cleo");
        var watched = await Alice.AddAsync("Nosferatu");
        EntryId = (await Alice.CallAsync("POST", $"/api/queue/{watched}/watch")).Expect(HttpStatusCode.OK).Text("_id");
        ItemId = await Alice.AddAsync("Metropolis");
        await Alice.VoteAsync(ItemId, "up");
        foreach (var itemId in (string[])[watched, ItemId])
        {
            await Eventually.Async("it looked up", () => Alice.GetAsync($"/api/queue/{itemId}"), i => i.Text("enrichment") != "pending");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_table is not null)
        {
            await _table.DisposeAsync();
        }

        _site?.Dispose();
        GC.SuppressFinalize(this);
    }
}
