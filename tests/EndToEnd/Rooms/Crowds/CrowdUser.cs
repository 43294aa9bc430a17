using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms.Crowds;

/// <summary>
/// One of a crowd: adds films and votes without pause, some over REST with a key of their own choosing and some over the socket with
/// numbers, and gives each command until it is acknowledged. All follow by a socket.
/// </summary>
internal sealed class CrowdUser : IAsyncDisposable
{
    private readonly RoomClient _client;
    private readonly Random _random;
    private readonly Action _acknowledged;

    /// <summary>Makes one.</summary>
    /// <param name="client">A member with a token.</param>
    /// <param name="overSocket">Whether the commands go over the socket.</param>
    /// <param name="seed">Decides what they vote for.</param>
    /// <param name="acknowledged">Called after each acknowledgement.</param>
    public CrowdUser(RoomClient client, bool overSocket, int seed, Action acknowledged)
    {
        (_client, OverSocket, _random, _acknowledged) = (client, overSocket, new Random(seed), acknowledged);
        var device = overSocket ? client : client.With(client.Token);
        Follower = new SocketFollower(device);
    }

    /// <summary>Who it is.</summary>
    public string UserId => _client.UserId;

    /// <summary>Whether the commands go over the socket.</summary>
    public bool OverSocket { get; }

    /// <summary>The socket.</summary>
    public SocketFollower Follower { get; }

    /// <summary>The titles of acknowledged films.</summary>
    public List<string> Titles { get; } = [];

    /// <summary>What each item's vote must be, as it was acknowledged.</summary>
    public Dictionary<string, string> Votes { get; } = [];

    /// <summary>Acknowledged votes that were given over the socket: the number of the event, and what it must tell of.</summary>
    public List<(long Seq, string ItemId, string? Vote)> Acknowledged { get; } = [];

    /// <summary>How many calls had to be made again.</summary>
    public int Retries { get; private set; }

    /// <summary>Adds a film.</summary>
    public async Task AddAsync(string title)
    {
        if (OverSocket)
        {
            await Follower.DoAsync("queue_add", new { title });
        }
        else
        {
            var body = new { room_id = _client.RoomId, title, added_by = UserId };
            await CallAsync("POST", "/api/queue", body, HttpStatusCode.Created);
        }

        Titles.Add(title);
        _acknowledged();
    }

    /// <summary>Casts, changes or takes back a vote on an item that it has heard of.</summary>
    public async Task VoteAsync()
    {
        await Follower.Story.UntilAsync("some item", picture => picture.Items.Count > 0);
        var itemId = Follower.Story.Picture(p => p.Items.Keys.ElementAt(_random.Next(p.Items.Count)));
        var old = Votes.GetValueOrDefault(itemId);
        string? vote = old is not null && _random.Next(4) == 0 ? null : old == "up" ? "down" : old == "down" ? "up" : NewVote();
        await VoteAsync(itemId, vote);
    }

    /// <summary>Casts or changes a vote, or takes it back.</summary>
    public async Task VoteAsync(string itemId, string? vote)
    {
        if (OverSocket)
        {
            object members = vote is null ? new { item_id = itemId } : new { item_id = itemId, vote };
            Acknowledged.Add((await Follower.DoAsync(vote is null ? "vote_remove" : "vote", members), itemId, vote));
        }
        else if (vote is null)
        {
            await CallAsync("DELETE", $"/api/votes/{itemId}/{UserId}", null, HttpStatusCode.NoContent);
        }
        else
        {
            await CallAsync("POST", "/api/votes", new { item_id = itemId, user_id = UserId, vote }, HttpStatusCode.Created);
        }

        if (vote is null)
        {
            Votes.Remove(itemId);
        }
        else
        {
            Votes[itemId] = vote;
        }

        _acknowledged();
    }

    public ValueTask DisposeAsync() => Follower.DisposeAsync();

    private string NewVote() => _random.Next(3) == 0 ? "down" : "up";

    private async Task CallAsync(string method, string path, object? body, HttpStatusCode expected)
    {
        var key = Guid.NewGuid().ToString("N");
        while (true)
        {
            try
            {
                var answer = await _client.CallAsync(method, path, body, key);
                if (answer.Status != HttpStatusCode.ServiceUnavailable)
                {
                    answer.Expect(expected);
                    return;
                }
            }
            catch (Exception exception) when (Crowds.Follower.IsLoss(exception))
            {
                // Whether it was carried out is not known: the key makes the repetition safe.
            }

            Retries++;
            _client.Node++;
            await Crowds.Follower.BackOffAsync();
        }
    }
}
