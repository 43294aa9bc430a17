using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>What a room's replies look like over REST.</summary>
internal static class RoomAnswer
{
    /// <summary>Why a command or question was not answered, in this surface's dialect: a broken rule is a list.</summary>
    /// <param name="result">How the ask ended.</param>
    /// <param name="fingerprint">The call's fingerprint; null for a call without a key.</param>
    /// <returns>The error, or null when there was none.</returns>
    public static ApiError? Failure(AskResult result, string? fingerprint = null)
    {
        if (IdempotencyKey.Failure(result, fingerprint) is not { } error)
        {
            return null;
        }

        if (error.Status != StatusCodes.Status422UnprocessableEntity || error == IdempotencyKey.Reused)
        {
            return error;
        }

        JsonArray place = error.Field is null ? ["body"] : ["body", .. error.Field.Split('.').Select(step => (JsonNode)step)];
        return error with { Inputs = [new InputFault("value_error", place, error.Message, null)] };
    }

    /// <summary>Answers with a body.</summary>
    /// <typeparam name="T">Its shape.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="result">What it holds at.</param>
    /// <param name="body">The body.</param>
    /// <param name="shape">How to write it.</param>
    /// <param name="status">The status.</param>
    /// <returns>The answer.</returns>
    public static IResult Show<T>(
        HttpContext context, AskResult result, T body, JsonTypeInfo<T> shape, int status = StatusCodes.Status200OK)
    {
        EntityTag.Set(context, result.Seq);
        return TypedResults.Json(body, shape, statusCode: status);
    }

    /// <summary>Answers that it was done.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">The result.</param>
    /// <returns>204.</returns>
    public static IResult Done(HttpContext context, AskResult result)
    {
        EntityTag.Set(context, result.Seq);
        return TypedResults.NoContent();
    }

    /// <summary>Answers with the room.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Room(HttpContext context, AskResult result) => Show(
        context, result, result.Reply is RoomChanged changed ? changed.Room : (RoomView)result.Reply!, RoomHttpJson.Wire.RoomView);

    /// <summary>Answers with an item.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Item(HttpContext context, AskResult result) => Show(
        context, result, result.Reply is ItemChanged changed ? changed.Item : (ItemView)result.Reply!, RoomHttpJson.Wire.ItemView);

    /// <summary>Answers with a new item, or with the one the queue had.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">The result.</param>
    /// <returns>201.</returns>
    public static IResult ItemAdded(HttpContext context, AskResult result)
    {
        var item = ((ItemChanged)result.Reply!).Item;
        context.Response.Headers.Location = $"/api/queue/{item.Id}";
        return Show(context, result, item, RoomHttpJson.Wire.ItemView, StatusCodes.Status201Created);
    }

    /// <summary>Answers with the item that was picked and, as its member <c>selection</c>, with what explains the pick.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Selected(HttpContext context, AskResult result)
    {
        var selected = (ItemSelected)result.Reply!;
        var body = JsonSerializer.SerializeToNode(selected.Item, RoomHttpJson.Wire.ItemView)!.AsObject();
        body["selection"] = JsonSerializer.SerializeToNode(selected.Selection, RoomHttpJson.Wire.SelectionView);
        return Show(context, result, body, RoomHttpJson.Wire.JsonObject);
    }

    /// <summary>Answers with a history entry.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Entry(HttpContext context, AskResult result) =>
        Show(context, result, HistoryShown.Of(((EntryChanged)result.Reply!).Entry), RoomHttpJson.Wire.HistoryShown);

    /// <summary>Answers with the voting round that was started.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Started(HttpContext context, AskResult result)
    {
        var round = ((VotingChanged)result.Reply!).Rounds.Open!;
        return Show(context, result, OpenRoundBody.Of(RoomIds.RoomOf(round.Id), round), RoomHttpJson.Wire.OpenRoundBody);
    }

    /// <summary>Answers with the voting rounds.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">The result.</param>
    /// <returns>200.</returns>
    public static IResult Rounds(HttpContext context, AskResult result)
    {
        var rounds = result.Reply is VotingChanged changed ? changed.Rounds : (VotingRounds)result.Reply!;
        var open = rounds.Open is { } round ? OpenRoundBody.Of(RoomIds.RoomOf(round.Id), round) : null;
        return Show(context, result, new VotingRoundsBody(open, rounds.Last), RoomHttpJson.Wire.VotingRoundsBody);
    }
}
