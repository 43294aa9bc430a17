using System.Net;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>A room with its people.</summary>
internal sealed class RoomTable : IAsyncDisposable
{
    private readonly List<RoomClient> _people = [];

    private RoomTable(RoomSite site) => Site = site;

    /// <summary>Where it is.</summary>
    public RoomSite Site { get; }

    /// <summary>Everybody, the admin first.</summary>
    public IReadOnlyList<RoomClient> People => _people;

    /// <summary>The admin.</summary>
    public RoomClient Admin => _people[0];

    /// <summary>The room's id.</summary>
    public string Id => Admin.RoomId;

    /// <summary>Creates a room in which some people sit, each with a token of their own.</summary>
    public static Task<RoomTable> SeatAsync(RoomSite site, params string[] users) => SeatAsync(site, new { }, users);

    /// <summary>Creates a room with settings in which some people sit, each with a token of their own.</summary>
    public static async Task<RoomTable> SeatAsync(RoomSite site, object settings, params string[] users)
    {
        var table = new RoomTable(site);
        table._people.AddRange(users.Select(user => new RoomClient(site, user)));
        var room = new { name = "Friday Night Movies", members = table._people.Select(p => p.Seat), settings };
        (await table.Admin.CreateAsync(room)).Expect(HttpStatusCode.Created);
        foreach (var person in table._people.Skip(1))
        {
            (await person.JoinAsync(table.Admin.Code)).Expect(HttpStatusCode.OK);
            person.Token.ShouldNotBeEmpty();
        }

        return table;
    }

    /// <summary>Somebody new joins.</summary>
    public async Task<RoomClient> AddAsync(string user)
    {
        var client = new RoomClient(Site, user);
        _people.Add(client);
        (await client.JoinAsync(Admin.Code)).Expect(HttpStatusCode.OK);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _people)
        {
            await client.DisposeAsync();
        }
    }
}
