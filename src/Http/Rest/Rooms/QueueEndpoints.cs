using System.Buffers.Binary;
using System.Security.Cryptography;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Rooms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>A room's queue, its picks and its voting rounds over REST.</summary>
internal static class QueueEndpoints
{
    private const int SelectionsDefault = 20;

    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/queue").WithTags("Queue");
        MapItems(group);
        MapOnItem(group);
        MapSelections(group);
        MapRounds(group);
    }

    private static void MapItems(RouteGroupBuilder group)
    {
        group.MapPost(string.Empty, (HttpContext context, RoomCalls calls) => calls.BodyCommandAsync(context, Add, RoomAnswer.ItemAdded))
            .Accepts<NewItemShape>("application/json")
            .Produces<ItemView>(StatusCodes.Status201Created)
            .AsRoomCommand("Adds a film; one that the queue has already is answered with the item it has");
        group.MapGet("/search/tmdb", (HttpContext context, TitleSearch search) => search.FindAsync(context))
            .WithSummary("Finds films and series by title: q has 2 to 200 characters, limit is 1 to 20, 8 when it is left out")
            .Produces<IReadOnlyList<TitleFoundBody>>()
            .ProducesErrors(429, 500)
            .Produces<InputProblem>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType);
        group.MapGet("/room/{roomId}", (string roomId, HttpContext context, RoomLists lists) => lists.ItemsAsync(roomId, context))
            .Produces<IReadOnlyList<ItemView>>()
            .AsRoomQuery("The queue, highest score first: status_filter, provider, available_now, limit (100), skip");
        group.MapGet("/{itemId}", (string itemId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context, RoomTarget.Item(itemId), static (_, actor, at, id) => new GetItem(actor, at, id), RoomAnswer.Item))
            .Produces<ItemView>()
            .AsRoomQuery("One item, also one that was removed");
    }

    private static void MapOnItem(RouteGroupBuilder group)
    {
        group.MapPatch("/{itemId}", (string itemId, HttpContext context, RoomCalls calls) => calls.BodyCommandAsync(
                context, inputs => Change(inputs, itemId), RoomAnswer.Item))
            .Accepts<ItemChangeShape>("application/json")
            .Produces<ItemView>()
            .AsRoomCommand("Changes an item: whoever added it, or an admin");
        group.MapDelete("/{itemId}", (string itemId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context, inputs => OnItem(inputs, itemId, static (at, actor, id) => new RemoveItem(at, actor, id)), RoomAnswer.Done))
            .Produces(StatusCodes.Status204NoContent)
            .AsRoomCommand("Takes an item out of the queue: whoever added it, or an admin");
        group.MapPost("/{itemId}/enrich", (string itemId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context, inputs => OnItem(inputs, itemId, static (at, actor, id) => new RequestEnrichment(at, actor, id)), RoomAnswer.Item))
            .Produces<ItemView>()
            .AsRoomCommand("Has an item's data looked up again; the answer does not wait for it");
        group.MapPost("/{itemId}/pick", (string itemId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context, inputs => OnItem(inputs, itemId, static (at, actor, id) => new PickItem(at, actor, id)), RoomAnswer.Selected))
            .Produces<ItemView>()
            .AsRoomCommand("Admin: picks an item by hand");
        group.MapPost("/{itemId}/watch", (string itemId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context, inputs => Watch(inputs, itemId), RoomAnswer.Entry))
            .Produces<HistoryShown>()
            .AsRoomCommand("Marks an item as watched, with notes; twice gives the same entry. Admin: open=true opens its watch party");
    }

    private static void MapSelections(RouteGroupBuilder group)
    {
        group.MapPost("/room/{roomId}/select", (string roomId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context, inputs => Select(inputs, roomId), RoomAnswer.Selected))
            .Produces<ItemView>()
            .AsRoomCommand("Admin: has the room pick by mode, or by its setting; the answer's selection explains the pick");
        group.MapGet("/room/{roomId}/selections", (string roomId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context,
                RoomTarget.Room(roomId),
                static (inputs, actor, at, _) =>
                    new ListSelections(actor, at, inputs.Page("limit", 1, RoomLimits.SelectionsMax, SelectionsDefault)),
                static (context, result) => RoomAnswer.Show(
                    context, result, ((SelectionList)result.Reply!).Selections, RoomHttpJson.Wire.IReadOnlyListSelectionView)))
            .Produces<IReadOnlyList<SelectionView>>()
            .AsRoomQuery("Why this film? The last picks with everything that explains them, newest first: limit (20)");
        group.MapGet("/room/{roomId}/stats", (string roomId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context,
                RoomTarget.Room(roomId),
                static (_, actor, at, _) => new GetRoomStats(actor, at),
                static (context, result) => RoomAnswer.Show(
                    context, result, RoomFigures.OfSelections((RoomStats)result.Reply!), RoomHttpJson.Wire.SelectionStatsBody)))
            .Produces<SelectionStatsBody>()
            .AsRoomQuery("How many films each member added, and how many of them were watched");
    }

    private static void MapRounds(RouteGroupBuilder group)
    {
        group.MapPost("/room/{roomId}/voting-round", (string roomId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context,
                inputs => Start(inputs, roomId),
                static (context, result) => RoomAnswer.Started(context, result)))
            .Produces<OpenRoundBody>()
            .AsRoomCommand("Starts a voting round: duration_seconds (10 to 600), or the room's setting");
        group.MapGet("/room/{roomId}/voting-round", (string roomId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context, RoomTarget.Room(roomId), static (_, actor, at, _) => new GetVotingRounds(actor, at), RoomAnswer.Rounds))
            .Produces<VotingRoundsBody>()
            .AsRoomQuery("The open voting round, and how the last one ended");
        group.MapPost("/room/{roomId}/voting-round/close", (string roomId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context,
                inputs => RoomEndpoints.ByQuery(inputs, roomId, static (at, actor, _) => new CloseVotingRound(at, actor)),
                RoomAnswer.Rounds))
            .Produces<VotingRoundsBody>()
            .AsRoomCommand("Admin: ends the voting round now");
        group.MapPost("/room/{roomId}/voting-round/done", (string roomId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context,
                inputs => RoomEndpoints.ByQuery(
                    inputs, roomId, static (at, actor, _) => new FinishVoting(at, actor, actor.UserId ?? string.Empty)) with
                {
                    NeedsSeat = true,
                },
                RoomAnswer.Rounds))
            .Produces<VotingRoundsBody>()
            .AsRoomCommand("You have voted as you want; the round ends when every connected member has said so");
    }

    private static RoomOrder Add(RoomInputs inputs)
    {
        var room = inputs.Body.Text("room_id", RoomLimits.UrlMax, isRequired: true);
        var title = inputs.Body.Text("title", RoomLimits.TitleMax, isRequired: true, code: RoomErrorCodes.TitleInvalid);
        var adder = inputs.ActingUserOfBody("added_by");
        var details = ItemInputs.OfNew(inputs.Body);
        return new RoomOrder(
            RoomTarget.Room(room), (at, actor, _) => new AddItem(at, actor, actor.UserId ?? string.Empty, title!, details))
        {
            ActingUser = adder,
            ActingField = "added_by",
            NeedsSeat = true,
        };
    }

    private static RoomOrder Change(RoomInputs inputs, string itemId)
    {
        var status = RoomInputs.Status(inputs.Body, "status");
        var details = ItemInputs.OfChange(inputs.Body);
        inputs.Body.RefuseOthers();
        return OnItem(inputs, itemId, (at, actor, id) => new UpdateItem(at, actor, id, status, details));
    }

    private static RoomOrder Watch(RoomInputs inputs, string itemId)
    {
        var notes = inputs.Query.Text("notes", RoomLimits.NotesMax, min: 0, isProse: true, code: RoomErrorCodes.NotesInvalid);
        var open = inputs.Query.Flag("open") ?? false;
        return OnItem(
            inputs, itemId, (at, actor, id) => new MarkWatched(at, actor, id, notes is { Length: > 0 } ? notes : null) { Open = open });
    }

    private static RoomOrder Select(RoomInputs inputs, string roomId)
    {
        var mode = RoomInputs.Mode(inputs.Query, "mode");
        Span<byte> draw = stackalloc byte[8];
        RandomNumberGenerator.Fill(draw);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(draw);
        return RoomEndpoints.ByQuery(inputs, roomId, (at, actor, _) => new SelectItem(at, actor, mode, bits));
    }

    private static RoomOrder Start(RoomInputs inputs, string roomId)
    {
        var seconds = (int?)inputs.Query.Integer(
            "duration_seconds",
            RoomLimits.VotingSecondsMin,
            RoomLimits.VotingSecondsMax,
            code: RoomErrorCodes.VotingDurationInvalid);
        return RoomEndpoints.ByQuery(inputs, roomId, (at, actor, _) => new StartVotingRound(at, actor, seconds));
    }

    private static RoomOrder OnItem(RoomInputs inputs, string itemId, Func<DateTimeOffset, RoomActor, string, RoomCommand> make) =>
        new(RoomTarget.Item(itemId), make) { ActingUser = inputs.ActingUserOfQuery(), ActingField = "acting_user_id" };
}
