using System.Net;
using System.Text.Json;
using AkkaParty.EndToEnd.Browser;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>
/// A server whose rooms are open to everybody runs the commands that clients of such rooms have always sent, as they stand: only
/// address and ids are filled in.
/// </summary>
public sealed class SeedExamplesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private const string CreateARoom =
        """
        curl -X POST http://localhost:8000/api/rooms \
          -H "Content-Type: application/json" \
          -d '{
            "name": "Friday Night Movies",
            "members": [
              {"user_id": "alice", "name": "Alice", "avatar": "🦊"},
              {"user_id": "bob", "name": "Bob", "avatar": "🐻"}
            ],
            "settings": {
              "voting_duration_seconds": 60,
              "selection_mode": "weighted_random",
              "allow_revotes": true
            }
          }'
        """;

    private const string AddMovieToQueue =
        """
        curl -X POST http://localhost:8000/api/queue \
          -H "Content-Type: application/json" \
          -d '{
            "room_id": "YOUR_ROOM_ID",
            "title": "Inception",
            "added_by": "alice"
          }'
        """;

    private const string CastAVote =
        """
        curl -X POST http://localhost:8000/api/votes \
          -H "Content-Type: application/json" \
          -d '{
            "item_id": "YOUR_ITEM_ID",
            "user_id": "bob",
            "vote": "up"
          }'
        """;

    private const string SelectNextMovie =
        """
        curl -X POST "http://localhost:8000/api/queue/room/YOUR_ROOM_ID/select?mode=weighted_random"
        """;

    private const string Socket =
        """
        const ws = new WebSocket('ws://localhost:8000/ws/ROOM_ID/USER_ID');

        ws.onmessage = (event) => {
          const data = JSON.parse(event.data);
          console.log('Received:', data);

          switch(data.type) {
            case 'vote_update':
              // Handle vote update
              break;
            case 'queue_update':
              // Handle queue change
              break;
            case 'selection':
              // Movie was selected!
              break;
            case 'presence':
              // User list updated
              break;
          }
        };
        """;

    private const string SendAVoteNotification =
        """
        ws.send(JSON.stringify({
          type: 'vote',
          item_id: 'ITEM_ID',
          vote: 'up'
        }));
        """;

    private const string Stream =
        """
        const eventSource = new EventSource('http://localhost:8000/api/events/room/ROOM_ID');

        eventSource.onmessage = (event) => {
          const data = JSON.parse(event.data);
          console.log('Event:', data);
        };

        eventSource.onerror = (error) => {
          console.error('SSE error:', error);
        };
        """;

    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(("Rooms__Access", "open"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_documents_commands_work_unchanged_one_after_the_other()
    {
        var room = await CurlAsync(CreateARoom);
        room.GetProperty("name").GetString().ShouldBe("Friday Night Movies");
        room.GetProperty("_id").GetString()!.ShouldMatch("^[0-9a-f]{24}$");
        room.GetProperty("code").GetString()!.ShouldMatch("^[A-HJ-NP-Z2-9]{6}$");
        room.GetProperty("members").EnumerateArray()
            .Select(m => (m.GetProperty("user_id").GetString(), m.GetProperty("name").GetString(), m.GetProperty("avatar").GetString()))
            .ShouldBe([("alice", "Alice", "🦊"), ("bob", "Bob", "🐻")]);
        room.GetProperty("admins").EnumerateArray().Select(a => a.GetString()).ShouldBe(["alice"]);
        var settings = room.GetProperty("settings");
        settings.GetProperty("voting_duration_seconds").GetInt32().ShouldBe(60);
        settings.GetProperty("selection_mode").GetString().ShouldBe("weighted_random");
        settings.GetProperty("allow_revotes").GetBoolean().ShouldBeTrue();
        room.GetProperty("created_at").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$");
        var roomId = room.GetProperty("_id").GetString()!;

        var item = await CurlAsync(AddMovieToQueue.Replace("YOUR_ROOM_ID", roomId, StringComparison.Ordinal));
        item.GetProperty("title").GetString().ShouldBe("Inception");
        item.GetProperty("added_by").GetString().ShouldBe("alice");
        item.GetProperty("status").GetString().ShouldBe("queued");
        var itemId = item.GetProperty("_id").GetString()!;

        var vote = await CurlAsync(CastAVote.Replace("YOUR_ITEM_ID", itemId, StringComparison.Ordinal));
        (vote.GetProperty("item_id").GetString(), vote.GetProperty("user_id").GetString(), vote.GetProperty("vote").GetString())
            .ShouldBe((itemId, "bob", "up"));

        var picked = await CurlAsync(SelectNextMovie.Replace("YOUR_ROOM_ID", roomId, StringComparison.Ordinal));
        picked.GetProperty("_id").GetString().ShouldBe(itemId);
        picked.GetProperty("status").GetString().ShouldBe("queued");
        picked.GetProperty("vote_score").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task The_documents_scripts_work_unchanged_in_a_browser()
    {
        var room = await CurlAsync(CreateARoom);
        var roomId = room.GetProperty("_id").GetString()!;
        var item = await CurlAsync(AddMovieToQueue.Replace("YOUR_ROOM_ID", roomId, StringComparison.Ordinal));
        var itemId = item.GetProperty("_id").GetString()!;
        var page = await browser.Browser.NewPageAsync();
        (await page.GotoAsync(new Uri(_server.Address, "/no-such-page").ToString()))!.Status.ShouldBe(404);
        string Fill(string script) => Here(script)
            .Replace("ROOM_ID", roomId, StringComparison.Ordinal)
            .Replace("USER_ID", "bob", StringComparison.Ordinal)
            .Replace("ITEM_ID", itemId, StringComparison.Ordinal);

        // Around the scripts: wait until both are connected, send, and wait until both have been told.
        var heard = await page.EvaluateAsync<string[]>(
            $$"""
            () => new Promise((resolve, reject) => {
              const heard = [];
              const listening = new Set();
              const patience = setTimeout(() => reject(new Error('heard only ' + JSON.stringify(heard))), 30000);
              {{Fill(Socket)}}
              {{Fill(Stream)}}
              const hear = (from, event) => {
                const type = JSON.parse(event.data).type;
                heard.push(from + ' ' + type);
                if (['presence', 'connected'].includes(type) && listening.add(from).size === 2) {
                  {{Fill(SendAVoteNotification)}}
                }
                if (heard.includes('socket vote_update') && heard.includes('stream vote_change')) {
                  clearTimeout(patience);
                  ws.close();
                  eventSource.close();
                  resolve(heard);
                }
              };
              ws.addEventListener('message', event => hear('socket', event));
              eventSource.addEventListener('message', event => hear('stream', event));
              eventSource.addEventListener('error', () => reject(new Error('the stream failed')));
            })
            """);

        heard.Where(h => h.StartsWith("socket", StringComparison.Ordinal)).First().ShouldBe("socket presence");
        heard.Where(h => h.StartsWith("stream", StringComparison.Ordinal)).First().ShouldBe("stream connected");
        using var site = new RoomSite(_server);
        await using var anybody = new RoomClient(site, "anybody");
        var counts = await anybody.GetAsync($"/api/votes/item/{itemId}/counts");
        counts.GetProperty("upvotes").GetInt32().ShouldBe(1, "the vote sent over the socket was carried out");
    }

    [Fact]
    public async Task The_server_warns_at_its_start_that_rooms_are_open()
    {
        _server.Output.ShouldContain("Rooms");
        _server.Output.Split('\n').ShouldContain(
            line => line.Contains("open", StringComparison.OrdinalIgnoreCase) && line.Contains("room", StringComparison.OrdinalIgnoreCase),
            _server.Output);
        (await _server.Http.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private string Here(string text) => text.Replace("localhost:8000", _server.Address.Authority, StringComparison.Ordinal);

    private async Task<JsonElement> CurlAsync(string command)
    {
        var (exitCode, output) = await Shell.RunAsync($"{Here(command)} --silent --show-error --fail-with-body");
        exitCode.ShouldBe(0, output);
        return JsonDocument.Parse(output).RootElement;
    }
}
