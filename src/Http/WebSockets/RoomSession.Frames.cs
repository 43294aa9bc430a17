using System.Security.Cryptography;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.WebSockets;

/// <summary>
/// What each frame of a client does. All are executed and checked; one that tells of what has been done already changes nothing and is
/// acknowledged.
/// </summary>
internal sealed partial class RoomSession
{
    private DateTimeOffset Time => Shared.Time.GetUtcNow();

    // A connection without a user does not exist: the address names one.
    private string User => _actor.UserId!;

    /// <inheritdoc />
    protected override ValueTask RunAsync(RoomClientFrame frame)
    {
        if (OtherUser(frame) is { } other)
        {
            return Fail(frame, other);
        }

        return frame.Type switch
        {
            RoomClientFrameTypes.Vote => VoteAsync(frame),
            RoomClientFrameTypes.VoteRemove => AboutItem(frame, item => new RemoveVote(Time, _actor, item, User)),
            RoomClientFrameTypes.QueueAdd => frame.ItemId is null ? AddAsync(frame) : FindAsync(frame),
            RoomClientFrameTypes.Selection => SelectAsync(frame),
            RoomClientFrameTypes.VotingRoundStart => StartRoundAsync(frame),
            RoomClientFrameTypes.VotingRoundClose => AskAsync(frame, new CloseVotingRound(Time, _actor)),
            RoomClientFrameTypes.VotingRoundDone => AskAsync(frame, new FinishVoting(Time, _actor, User)),
            RoomClientFrameTypes.Reaction => ReactAsync(frame),
            RoomClientFrameTypes.RoomAdminUpdate => GrantAsync(frame),
            RoomClientFrameTypes.GetPresence => ShowPresenceAsync(frame),
            RoomClientFrameTypes.Watched => WatchedAsync(frame),
            RoomClientFrameTypes.Rate => RateAsync(frame),
            RoomClientFrameTypes.WatchTicket => TicketAsync(frame),
            _ => Fail(frame, ApiError.Of(RoomErrorCodes.UnknownMessageType, field: "type")),
        };
    }

    private async ValueTask TicketAsync(RoomClientFrame frame)
    {
        var result = await Entity.QueryAsync(new GetRoom(), Seq);
        if (result is { Outcome: AskOutcome.Replied, Reply: RoomView { WatchParty: { Status: OpeningStatus.Open } opened } })
        {
            await GiveTicketAsync(frame, opened);
        }
        else if (result.Outcome == AskOutcome.Replied)
        {
            SendError(ApiError.Of(RoomErrorCodes.WatchPartyNotOpen), frame.Id);
        }
        else
        {
            Refuse(frame, result);
        }
    }

    private ValueTask VoteAsync(RoomClientFrame frame) => frame.Vote is "up" or "down"
        ? AboutItem(frame, item => new CastVote(Time, _actor, item, User, frame.Vote == "up"))
        : Fail(frame, ApiError.Of(RoomErrorCodes.VoteInvalid, field: "vote"));

    private ValueTask ReactAsync(RoomClientFrame frame) => ApiError.From(RoomInput.ValidateReaction(frame.Reaction)) is { } invalid
        ? Fail(frame, invalid)
        : AboutItem(frame, item => new ReactToItem(Time, _actor, item, User, frame.Reaction!, frame.Active));

    private ValueTask WatchedAsync(RoomClientFrame frame) => ApiError.From(RoomInput.ValidateNotes(frame.Notes)) is { } invalid
        ? Fail(frame, invalid)
        : AboutItem(frame, item => new MarkWatched(Time, _actor, item, frame.Notes) { Open = frame.Open ?? false });

    private ValueTask GrantAsync(RoomClientFrame frame) =>
        ApiError.From(RoomInput.ValidateUserId(frame.TargetUserId, "target_user_id")) is { } invalid
            ? Fail(frame, invalid)
            : AskAsync(frame, new GrantAdmin(Time, _actor, TextRules.Clean(frame.TargetUserId!)));

    private ValueTask AddAsync(RoomClientFrame frame)
    {
        var details = new ItemDetails
        {
            TmdbId = frame.TmdbId,
            PosterUrl = frame.PosterUrl,
            Year = frame.Year,
            RuntimeMinutes = frame.RuntimeMinutes,
            Genres = frame.Genres,
            Overview = frame.Overview,
            VoteAverage = frame.VoteAverage,
        };
        var invalid = RoomInput.ValidateTitle(frame.Title) ?? ItemInput.Validate(details);
        return invalid is null
            ? AskAsync(frame, new AddItem(Time, _actor, User, TextRules.Clean(frame.Title!), ItemInput.Clean(details)))
            : Fail(frame, ApiError.From(invalid)!);
    }

    // Whoever added the item over REST tells of it here, as clients do that were made for a server which only passed such frames on.
    private async ValueTask FindAsync(RoomClientFrame frame)
    {
        if (!TryRead(frame, frame.ItemId, RoomErrorCodes.InvalidItemId, RoomErrorCodes.ItemNotFound, "item_id", out var item))
        {
            return;
        }

        var result = await Entity.QueryAsync(new GetItem(_actor, Time, item), Seq);
        if (result.Outcome == AskOutcome.Replied)
        {
            Acknowledge(frame, result.Seq);
        }
        else
        {
            Refuse(frame, result);
        }
    }

    private ValueTask SelectAsync(RoomClientFrame frame)
    {
        if (frame.ItemId is not null)
        {
            return AboutItem(frame, item => new PickItem(Time, _actor, item));
        }

        if (!TryReadMode(frame.Mode, out var mode))
        {
            return Fail(frame, ApiError.Of(RoomErrorCodes.SelectionModeInvalid, field: "mode"));
        }

        var draw = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        return AskAsync(frame, new SelectItem(Time, _actor, mode, draw));
    }

    private ValueTask StartRoundAsync(RoomClientFrame frame) =>
        frame.DurationSeconds is { } seconds && ApiError.From(RoomInput.ValidateDuration(seconds)) is { } invalid
            ? Fail(frame, invalid)
            : AskAsync(frame, new StartVotingRound(Time, _actor, frame.DurationSeconds));

    private ValueTask RateAsync(RoomClientFrame frame)
    {
        if (!TryRead(
            frame, frame.HistoryId, RoomErrorCodes.InvalidHistoryId, RoomErrorCodes.HistoryNotFound, "history_id", out var entry))
        {
            return ValueTask.CompletedTask;
        }

        var halves = (frame.Rating ?? 0) * 2;
        return halves is >= 2 and <= 10 && double.IsInteger(halves)
            ? AskAsync(frame, new RateEntry(Time, _actor, entry, User, (int)halves))
            : Fail(frame, ApiError.Of(RoomErrorCodes.RatingInvalid, field: "rating"));
    }

    private async ValueTask ShowPresenceAsync(RoomClientFrame frame)
    {
        var result = await Entity.QueryAsync(new GetPresence(_actor, Time), Seq);
        if (result is { Outcome: AskOutcome.Replied, Reply: PresentMembers present })
        {
            Send(Presence(present), Json.PresenceFrame);
            Acknowledge(frame, result.Seq);
        }
        else
        {
            Refuse(frame, result);
        }
    }

    private ValueTask AboutItem(RoomClientFrame frame, Func<string, RoomCommand> command) =>
        TryRead(frame, frame.ItemId, RoomErrorCodes.InvalidItemId, RoomErrorCodes.ItemNotFound, "item_id", out var item)
            ? AskAsync(frame, command(item))
            : ValueTask.CompletedTask;

    /// <summary>Reads the id of something in this room, or answers with the error.</summary>
    private bool TryRead(RoomClientFrame frame, string? text, string malformed, string unknown, string field, out string id)
    {
        if (!RoomIds.TryParse(text, out var parsed, out var roomId))
        {
            SendError(ApiError.Of(malformed, field: field), frame.Id);
        }
        else if (roomId != Entity.Id)
        {
            SendError(ApiError.Of(unknown, field: field), frame.Id);
        }

        id = parsed ?? string.Empty;
        return roomId == Entity.Id;
    }

    private static bool TryReadMode(string? text, out SelectionMode? mode)
    {
        mode = text switch
        {
            "weighted_random" => SelectionMode.WeightedRandom,
            "highest_votes" => SelectionMode.HighestVotes,
            "round_robin" => SelectionMode.RoundRobin,
            _ => null,
        };
        return mode is not null || text is null;
    }

    private ApiError? OtherUser(RoomClientFrame frame)
    {
        var field = frame.UserId is { } user && TextRules.Clean(user) != _actor.UserId ? "user_id"
            : frame.AddedBy is { } adder && TextRules.Clean(adder) != _actor.UserId ? "added_by"
            : null;
        return field is null
            ? null
            : ApiError.Of(RoomErrorCodes.ActingUserMismatch, field: field);
    }
}
