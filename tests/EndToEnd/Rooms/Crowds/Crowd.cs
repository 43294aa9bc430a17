using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms.Crowds;

/// <summary>A room full of people who all work at once, and others who only follow its streams.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private static readonly string[] StreamKinds = ["room", "votes", "queue"];
    private readonly Pulse _pulse = new();
    private readonly RoomSite _site;
    private readonly RoomTable _table;
    private long _acknowledged;

    private Crowd(RoomSite site, RoomTable table, int seed)
    {
        (_site, _table) = (site, table);
        Reader = table.Admin.With(table.Admin.Token);
        Users = [.. table.People.Select((person, i) => new CrowdUser(person, i % 2 == 0, seed + i, Acknowledge))];
        Streams = [.. table.People.Take(2 * StreamKinds.Length).Select(StreamOf)];
    }

    /// <summary>Everybody.</summary>
    public IReadOnlyList<CrowdUser> Users { get; }

    /// <summary>Those who follow the streams: each kind twice.</summary>
    public IReadOnlyList<StreamFollower> Streams { get; }

    /// <summary>All sockets.</summary>
    public IEnumerable<Story> Sockets => Users.Select(user => user.Follower.Story);

    /// <summary>How many commands were acknowledged.</summary>
    public long Acknowledged => _pulse.Read(() => _acknowledged);

    /// <summary>Somebody who asks over REST.</summary>
    public RoomClient Reader { get; }

    /// <summary>Creates a room, everybody joins, and all follow.</summary>
    /// <param name="site">Where.</param>
    /// <param name="users">How many.</param>
    /// <param name="seed">Decides what they do.</param>
    public static async Task<Crowd> GatherAsync(RoomSite site, int users, int seed)
    {
        var table = await RoomTable.SeatAsync(site, [.. Enumerable.Range(0, users).Select(i => $"user{i}")]);
        for (var i = 0; i < users; i++)
        {
            table.People[i].Node = i;
        }

        var crowd = new Crowd(site, table, seed);
        await Task.WhenAll([.. crowd.Users.Select(u => u.Follower.BeginAsync()), .. crowd.Streams.Select(s => s.BeginAsync())]);
        return crowd;
    }

    /// <summary>Everybody adds films, the half of which others add as well at the same time, and votes.</summary>
    /// <param name="votes">How many votes each of them gives.</param>
    public Task WorkAsync(int votes) => Task.WhenAll(Users.Select((user, i) => WorkAsync(user, i, votes)));

    /// <summary>Waits until so many more commands were acknowledged.</summary>
    public Task UntilMoreAsync(long count)
    {
        var enough = Acknowledged + count;
        return _pulse.UntilAsync(
            () => _acknowledged >= enough ? this : null, $"{enough} acknowledged commands", () => $"There were {_acknowledged}.",
            Patience.Process);
    }

    /// <summary>
    /// After the work: waits until nothing changes any more, has one last vote cast, and waits until everybody was told of it.
    /// </summary>
    /// <returns>The number of the room's last event that all were told of.</returns>
    public async Task<long> SettleAsync()
    {
        await Users[0].Follower.Story.UntilAsync("every film looked up", picture => picture.Items.Values.All(i => !i.IsPending));
        var last = Users[0];
        var itemId = last.Follower.Story.Picture(p => p.Items.Keys.First());
        await last.VoteAsync(itemId, last.Votes.GetValueOrDefault(itemId) == "up" ? "down" : "up");
        var seq = last.Acknowledged[^1].Seq;
        await Task.WhenAll([.. Sockets.Select(s => s.UntilAsync(seq)), .. Streams.Select(s => s.Story.UntilAsync(seq))]);
        return seq;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll([.. Users.Select(u => u.DisposeAsync().AsTask()), .. Streams.Select(s => s.DisposeAsync().AsTask())]);
        await _table.DisposeAsync();
    }

    private static async Task WorkAsync(CrowdUser user, int number, int votes)
    {
        await user.AddAsync($"A film of {user.UserId} alone");
        for (var i = 0; i < votes; i++)
        {
            if (i == votes / 2)
            {
                await user.AddAsync(SharedTitle(number));
            }

            await user.VoteAsync();
        }
    }

    // Everybody adds one of a dozen titles, each in a spelling of their own.
    private static string SharedTitle(int number)
    {
        var title = $"A film that many want, number {number % 12}";
        return number % 3 == 0 ? title.ToUpperInvariant() : title;
    }

    private StreamFollower StreamOf(RoomClient person, int i) =>
        new(person.With(person.Token), _site, StreamKinds[i % StreamKinds.Length]);

    private void Acknowledge() => _pulse.Change(() => _acknowledged++);
}
