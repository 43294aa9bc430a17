using System.Net;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>Every route of rooms and their people, as somebody uses it who has just read what there is.</summary>
public sealed class RoomRouteTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private const string NaiveTime = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$";
    private readonly RoomSite _site = new(fixture.Server);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _site.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_room_is_created_found_changed_and_deleted()
    {
        await using var alice = new RoomClient(_site, "alice");
        var created = (await alice.CreateAsync(new
        {
            name = "Friday Night Movies",
            members = new object[]
            {
                new { user_id = "alice", name = "Alice", avatar = "🦊" },
                new { user_id = "bob", name = "Bob", avatar = "🐻" },
            },
            settings = new { voting_duration_seconds = 60, selection_mode = "weighted_random", allow_revotes = true },
        })).Expect(HttpStatusCode.Created);

        alice.RoomId.ShouldMatch("^[0-9a-f]{24}$");
        alice.Code.ShouldMatch("^[A-HJ-NP-Z2-9]{6}$");
        alice.Token.ShouldMatch("^[0-9a-f]{88}$");
        alice.Token.ShouldStartWith(alice.RoomId);
        var room = created.Json;
        room.GetProperty("members").Texts("user_id").ShouldBe(["alice", "bob"]);
        room.GetProperty("members").Texts("avatar").ShouldBe(["🦊", "🐻"]);
        room.GetProperty("members").Texts("region").ShouldBe(["US", "US"]);
        room.GetProperty("admins").Texts().ShouldBe(["alice"]);
        room.Text("created_at").ShouldMatch(NaiveTime);

        (await alice.GetAsync($"/api/rooms/{alice.RoomId}")).Text("name").ShouldBe("Friday Night Movies");
        await using var anybody = new RoomClient(_site, "anybody");
        var found = await anybody.GetAsync($"/api/rooms/code/{alice.Code.ToLowerInvariant()}");
        found.Text("_id").ShouldBe(alice.RoomId);

        var changed = (await alice.CallAsync("PATCH", $"/api/rooms/{alice.RoomId}", new
        {
            name = "Saturday",
            settings = new { selection_mode = "round_robin" },
        })).Expect(HttpStatusCode.OK);
        changed.Text("name").ShouldBe("Saturday");
        changed.Json.GetProperty("settings").Text("selection_mode").ShouldBe("round_robin");
        changed.Json.GetProperty("settings").Number("voting_duration_seconds").ShouldBe(60, "settings are replaced as a whole");

        (await alice.CallAsync("DELETE", $"/api/rooms/{alice.RoomId}?acting_user_id=alice")).Expect(HttpStatusCode.NoContent);
        (await alice.CallAsync("GET", $"/api/rooms/{alice.RoomId}")).Refuses(HttpStatusCode.NotFound, "room_not_found")
            .Text("error").ShouldBe("Room not found");
        (await anybody.CallAsync("GET", $"/api/rooms/code/{alice.Code}")).Refuses(HttpStatusCode.NotFound, "room_not_found");
    }

    [Fact]
    public async Task A_room_without_members_gives_its_creator_an_admins_token_and_a_seat_by_joining()
    {
        await using var alice = new RoomClient(_site, "alice");
        var created = (await alice.CreateAsync(new { name = "Empty" })).Expect(HttpStatusCode.Created);
        created.Json.GetProperty("members").GetArrayLength().ShouldBe(0);
        created.Json.GetProperty("settings").Text("selection_mode").ShouldBe("weighted_random");
        var adminToken = alice.Token;

        (await alice.CallAsync("PATCH", $"/api/rooms/{alice.RoomId}", new { name = "Mine" })).Expect(HttpStatusCode.OK);
        (await alice.JoinAsync(alice.Code)).Expect(HttpStatusCode.OK).Json.GetProperty("admins").Texts().ShouldBe(["alice"]);
        await alice.AddAsync("Metropolis");
        (await alice.With(adminToken).CallAsync("PATCH", $"/api/rooms/{alice.RoomId}", new { name = "Still" }))
            .Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task People_join_are_listed_edited_promoted_and_leave()
    {
        await using var table = await RoomTable.SeatAsync(_site, "alice", "bob");
        var (alice, bob) = (table.Admin, table.People[1]);
        var cleo = await table.AddAsync("cleo");
        cleo.Token.ShouldNotBeEmpty();

        (await bob.CallAsync("POST", $"/api/rooms/{table.Id}/members", new { user_id = "dan", name = "Dan" })).Expect(HttpStatusCode.OK)
            .Json.GetProperty("members").Texts("user_id").ShouldBe(["alice", "bob", "cleo", "dan"]);
        var edited = (await bob.CallAsync(
            "PUT", $"/api/rooms/{table.Id}/members/bob", new { user_id = "bob", name = "Bobby", avatar = "🐼", region = "de" }))
            .Expect(HttpStatusCode.OK).Json.GetProperty("members")[1];
        (edited.Text("name"), edited.Text("avatar"), edited.Text("region")).ShouldBe(("Bobby", "🐼", "DE"));
        (await alice.CallAsync("POST", $"/api/rooms/{table.Id}/admins", new { acting_user_id = "alice", target_user_id = "bob" }))
            .Expect(HttpStatusCode.OK).Json.GetProperty("admins").Texts().ShouldBe(["alice", "bob"]);

        var leaving = new { user_id = "alice" };
        (await alice.CallAsync("POST", $"/api/rooms/{table.Id}/leave", leaving)).Expect(HttpStatusCode.OK);
        var left = await bob.GetAsync($"/api/rooms/{table.Id}");
        left.GetProperty("admins").Texts().ShouldBe(["bob"]);
        (await bob.GetAsync($"/api/rooms/{table.Id}/presence")).GetProperty("users").GetArrayLength().ShouldBe(0);
        (await bob.CallAsync("DELETE", $"/api/rooms/{table.Id}/members/dan?acting_user_id=bob"))
            .Expect(HttpStatusCode.OK);
        (await bob.GetAsync($"/api/rooms/{table.Id}")).GetProperty("members").Texts("user_id").ShouldBe(["bob", "cleo"]);
    }

    [Fact]
    public async Task The_last_admin_hands_over_when_leaving()
    {
        await using var table = await RoomTable.SeatAsync(_site, "alice", "bob");
        var leave = $"/api/rooms/{table.Id}/leave";

        (await table.Admin.CallAsync("POST", leave, new { user_id = "alice" })).Refuses(HttpStatusCode.BadRequest, "last_admin")
            .Text("error").ShouldBe("Last admin cannot leave without transferring admin privileges");
        (await table.Admin.CallAsync("POST", leave, new { user_id = "alice", new_admin_user_id = "alice" }))
            .Refuses(HttpStatusCode.BadRequest, "transfer_to_self").Text("error").ShouldBe("Cannot transfer admin to yourself");
        (await table.Admin.CallAsync("POST", leave, new { user_id = "alice", new_admin_user_id = "zoe" }))
            .Refuses(HttpStatusCode.BadRequest, "new_admin_not_member").Text("error").ShouldBe("New admin must be an existing room member");
        (await table.Admin.CallAsync("POST", leave, new { user_id = "alice", new_admin_user_id = "bob" })).Expect(HttpStatusCode.OK);
        (await table.People[1].GetAsync($"/api/rooms/{table.Id}")).GetProperty("admins").Texts().ShouldBe(["bob"]);
    }

    [Fact]
    public async Task A_person_finds_all_their_rooms_by_the_user_id_and_nobody_elses()
    {
        await using var first = await RoomTable.SeatAsync(_site, "rooms-of-alice", "bob");
        var alice = first.Admin;
        await using var second = await RoomTable.SeatAsync(_site, "zoe");
        await using var again = alice.With(alice.Token);
        (await again.JoinAsync(second.Admin.Code)).Expect(HttpStatusCode.OK);
        await using var stranger = await RoomTable.SeatAsync(_site, "rooms-of-alice");

        // The list follows the rooms: it is there a moment after the answer.
        var rooms = await Eventually.Async(
            "both rooms of alice",
            async () => (await again.GetAsync("/api/rooms/member/rooms-of-alice")).Texts("_id").Order(StringComparer.Ordinal).ToList(),
            found => found.Count >= 2);
        rooms.ShouldBe([.. new[] { first.Id, second.Id }.Order(StringComparer.Ordinal)], "not the stranger's, who took the same id");
    }

    [Fact]
    public async Task A_lost_seat_is_freed_by_an_admin_and_another_device_gets_a_token_of_its_own()
    {
        await using var table = await RoomTable.SeatAsync(_site, "alice", "bob");
        var bob = table.People[1];

        var issued = (await bob.CallAsync("POST", $"/api/rooms/{table.Id}/token")).Expect(HttpStatusCode.Created).Text("token");
        await using var phone = bob.With(issued);
        (await phone.GetAsync($"/api/rooms/{table.Id}/me")).Text("user_id").ShouldBe("bob");
        (await phone.CallAsync("DELETE", $"/api/rooms/{table.Id}/token")).Expect(HttpStatusCode.NoContent);
        (await phone.CallAsync("GET", $"/api/queue/room/{table.Id}")).Refuses(HttpStatusCode.Unauthorized, "invalid_token");
        await bob.GetAsync($"/api/queue/room/{table.Id}");

        await using var stranger = new RoomClient(_site, "bob");
        (await stranger.JoinAsync(table.Admin.Code)).Refuses(HttpStatusCode.Conflict, "user_id_taken");
        (await table.Admin.CallAsync("POST", $"/api/rooms/{table.Id}/seats/free", new { user_id = "bob" })).Expect(HttpStatusCode.OK);
        (await bob.CallAsync("GET", $"/api/queue/room/{table.Id}")).Refuses(HttpStatusCode.Unauthorized, "invalid_token");
        (await stranger.JoinAsync(table.Admin.Code)).Expect(HttpStatusCode.OK);
        stranger.Token.ShouldNotBeEmpty();
        await stranger.GetAsync($"/api/queue/room/{table.Id}");
    }
}
