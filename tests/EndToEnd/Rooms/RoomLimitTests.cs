using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>A room at its limits: the last that fits is taken, the next one is refused with a reason, and the room works on.</summary>
public sealed class RoomLimitTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private const int AtOnce = 8;
    private const int ItemsMax = 1_000;
    private const int MembersMax = 200;
    private readonly RoomSite _site = new(fixture.Server);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _site.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_queue_takes_a_thousand_films_and_not_one_more()
    {
        await using var table = await RoomTable.SeatAsync(_site, "alice", "bob");
        await Parallel.ForEachAsync(
            Enumerable.Range(0, ItemsMax), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) => await table.People[i % 2].AddAsync($"Film {i}"));
        var body = new { room_id = table.Id, title = "One more", added_by = "alice" };

        (await table.Admin.CallAsync("POST", "/api/queue", body)).Refuses(HttpStatusCode.Conflict, "queue_full");

        var socket = await table.Admin.ConnectAsync();
        await table.Admin.RefusedAsync(socket, "queue_add", new { title = "One more" }, "queue_full");
        var items = await table.Admin.GetAsync($"/api/queue/room/{table.Id}?limit=1000");
        items.Texts("_id").Distinct().Count().ShouldBe(ItemsMax);
        (await table.Admin.AddAsync("FILM 7")).ShouldBe(items.EnumerateArray().Single(i => i.Text("title") == "Film 7").Text("_id"));
        (await table.Admin.CallAsync("DELETE", $"/api/queue/{items[0].Text("_id")}")).Expect(HttpStatusCode.NoContent);
        await table.Admin.AddAsync("One more");
        (await table.Admin.CallAsync("POST", $"/api/queue/room/{table.Id}/select")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_room_takes_two_hundred_members_and_not_one_more()
    {
        await using var table = await RoomTable.SeatAsync(_site, "alice");
        await Parallel.ForEachAsync(
            Enumerable.Range(1, MembersMax - 1), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) =>
            {
                await using var guest = new RoomClient(_site, $"guest{i}");
                (await guest.JoinAsync(table.Admin.Code)).Expect(HttpStatusCode.OK);
            });

        await using var late = new RoomClient(_site, "late");
        (await late.JoinAsync(table.Admin.Code)).Refuses(HttpStatusCode.Conflict, "room_full");
        (await table.Admin.CallAsync("POST", $"/api/rooms/{table.Id}/members", new { user_id = "late", name = "Late" }))
            .Refuses(HttpStatusCode.Conflict, "room_full");

        (await table.Admin.CallAsync("DELETE", $"/api/rooms/{table.Id}/members/guest7?acting_user_id=alice")).Expect(HttpStatusCode.OK);
        (await late.JoinAsync(table.Admin.Code)).Expect(HttpStatusCode.OK)
            .Json.GetProperty("members").GetArrayLength().ShouldBe(MembersMax);
        await late.AddAsync("Metropolis");
    }
}
