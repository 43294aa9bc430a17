using System.Net;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>A party with its people.</summary>
internal sealed class PartyTable : IAsyncDisposable
{
    private static readonly string[] Names = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana"];
    private readonly List<PartyClient> _people = [];

    private PartyTable(ServerProcess server) => Server = server;

    /// <summary>The server they are on.</summary>
    public ServerProcess Server { get; }

    /// <summary>Everybody, the creator first.</summary>
    public IReadOnlyList<PartyClient> People => _people;

    /// <summary>The creator.</summary>
    public PartyClient Host => _people[0];

    /// <summary>The party's id.</summary>
    public string Id => Host.PartyId;

    /// <summary>Creates a party in which some people sit, connected unless said otherwise.</summary>
    public static async Task<PartyTable> SeatAsync(ServerProcess server, int people, bool connected = true)
    {
        var table = new PartyTable(server);
        var host = new PartyClient(server, Names[0]);
        table._people.Add(host);
        (await host.CreateAsync("Friday night")).Expect(HttpStatusCode.Created);
        for (var i = 1; i < people; i++)
        {
            await table.AddAsync(i < Names.Length ? Names[i] : $"Guest {i}");
        }

        if (connected)
        {
            await table.ConnectAllAsync();
        }

        return table;
    }

    /// <summary>Somebody joins, without a socket.</summary>
    public async Task<PartyClient> AddAsync(string name)
    {
        var client = new PartyClient(Server, name);
        _people.Add(client);
        (await client.JoinAsync(Id)).Expect(HttpStatusCode.Created);
        return client;
    }

    /// <summary>Everybody opens a socket, and all see all of them connected.</summary>
    public async Task ConnectAllAsync()
    {
        await Task.WhenAll(_people.Select(p => p.ConnectAsync()));
        await EverybodyAsync("everybody connected", party => party.Participants.Values.All(p => p.Connected));
    }

    /// <summary>Everybody connects again from where they were.</summary>
    public async Task ReconnectAllAsync()
    {
        await Task.WhenAll(_people.Select(p => p.ReconnectAsync()));
    }

    /// <summary>Awaits that everybody's newest party looks as wanted.</summary>
    public Task EverybodyAsync(string what, Func<PartyView, bool> fits) =>
        Task.WhenAll(_people.Select(p => p.Socket.PartyAsync(what, fits)));

    /// <summary>Nominates a film and has everybody vote on it over their sockets, until it is decided.</summary>
    public async Task NominateAsync(PartyClient proposer, string film, params string[] votes)
    {
        await proposer.DoAsync(ClientFrameTypes.SuggestMovie, new { tmdb_id = film });
        await EverybodyAsync($"film {film} open", party => party.CurrentNomination?.Movie.Id == film);
        for (var i = 0; i < votes.Length; i++)
        {
            await _people[i].DoAsync(ClientFrameTypes.VoteNomination, new { vote = votes[i], tmdb_id = film });
        }
    }

    /// <summary>The party goes through nominations until these films are its pool; all vote yay.</summary>
    public async Task FillPoolAsync(params string[] films)
    {
        await Host.DoAsync(ClientFrameTypes.StartNomination);
        foreach (var film in films)
        {
            await NominateAsync(Host, film, [.. Enumerable.Repeat("yay", (_people.Count / 2) + 1)]);
        }

        await EverybodyAsync("a full pool", party => party.NominationPool?.Count == films.Length);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _people)
        {
            await client.DisposeAsync();
        }
    }
}
