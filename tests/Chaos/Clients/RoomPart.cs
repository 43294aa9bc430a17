using System.Globalization;
using System.Text.Json;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>
/// A member of a room: votes on what everybody votes on and on films of their own, takes votes back, adds films and marks them as watched.
/// A person's vote on an item goes from up to down to none and round again, one change at a time, so the journal's third change of it
/// must be the one they gave third. Only who added a film marks it as watched, so that nobody's vote is refused for it.
/// </summary>
internal sealed class RoomPart(Seat seat, IReadOnlyList<string> items, bool overStream) : Part(seat)
{
    /// <summary>How the titles of those films begin that are there before anybody works.</summary>
    public const string FirstFilms = "Everybody's film";

    private const int Round = 8;
    private const int OwnMax = 4;
    private static readonly string[] Words = [RoomSight.NoVote, "up", "down"];

    private readonly Lock _gate = new();
    private readonly List<string> _own = [];
    private readonly HashSet<string> _known = [.. items];
    private readonly HashSet<string> _busy = [];
    private readonly Dictionary<string, int> _changes = [];
    private int _count;
    private int _films;

    /// <inheritdoc />
    public override string Feed => overStream ? Feeds.Stream : Feeds.Socket;

    /// <inheritdoc />
    public override PlainCall Look =>
        new("GET", $"/api/queue/room/{Seat.Entity}?status_filter=queued&limit=1000", null, Seat.Token);

    /// <inheritdoc />
    public override bool ShowsStates => false;

    /// <summary>A change of a vote, as histories and journal are compared by it.</summary>
    public static string VoteValue(string item, int number, string word) =>
        string.Create(CultureInfo.InvariantCulture, $"{item}/{number}/{word}");

    /// <inheritdoc />
    public override PendingCommand Next(long number)
    {
        lock (_gate)
        {
            _count++;
            var oldest = _own.Find(item => !_busy.Contains(item));
            var command = (_count % Round) switch
            {
                0 when _own.Count < OwnMax => Add(number),
                Round / 2 when oldest is not null => Watch(number, oldest),
                _ => Vote(number),
            };
            if (command.Item is { } item)
            {
                _busy.Add(item);
            }

            return command;
        }
    }

    /// <inheritdoc />
    public override void Close(PendingCommand command)
    {
        lock (_gate)
        {
            _busy.Remove(command.Item ?? string.Empty);
        }
    }

    /// <inheritdoc />
    public override string FeedPath(string device, long since) => overStream
        ? $"/api/events/room/{Seat.Entity}"
        : $"/ws/{Seat.Entity}/{Seat.Person}?token={Seat.Token}&client={device}" + (since == 0 ? string.Empty : $"&since={since}");

    /// <inheritdoc />
    public override Heard? Hear(JsonElement frame)
    {
        switch (frame.GetProperty("type").GetString())
        {
            case "presence" or "connected":
                bool? resumed = frame.TryGetProperty("resumed", out var answer) ? answer.GetBoolean() : null;
                return new Heard.Begins(frame.GetProperty("seq").GetInt64(), resumed);
            case "ack":
                return new Heard.Done(frame.GetProperty("id").GetInt64(), frame.GetProperty("seq").GetInt64());
            case "error":
                var code = frame.GetProperty("code").GetString()!;
                return frame.TryGetProperty("id", out var id)
                    ? new Heard.No(id.GetInt64(), code, frame.GetProperty("retryable").GetBoolean())
                    : new Heard.Trouble(code);
            case "queue_update":
                Learn(frame.GetProperty("item"));
                break;
            case "queue_change":
                Learn(frame.GetProperty("document"));
                break;
        }

        return RoomSight.Of(frame, Feed) is { } sight ? new Heard.Shows(sight) : null;
    }

    /// <inheritdoc />
    public override Sight See(CallAnswer answer) => RoomSight.OfQueue(answer.Body, answer.Seq);

    /// <inheritdoc />
    public override long SeqOf(CallAnswer answer) => answer.Seq;

    /// <summary>A call that adds a film.</summary>
    public static PlainCall Adding(Seat seat, string title) =>
        new("POST", "/api/queue", new { room_id = seat.Entity, title, added_by = seat.Person, year = 1950 }, seat.Token);

    private PendingCommand Add(long number)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"Film {++_films} of {Seat.Person}");
        return new PendingCommand(
            number, Pace.Now, CommandKind.Film, title, new { type = "queue_add", title, year = 1950, id = number }, Adding(Seat, title));
    }

    private PendingCommand Watch(long number, string item)
    {
        _own.Remove(item);
        return new PendingCommand(
            number,
            Pace.Now,
            CommandKind.Watched,
            item,
            new { type = "watched", item_id = item, id = number },
            new PlainCall("POST", $"/api/queue/{item}/watch", null, Seat.Token),
            item);
    }

    private PendingCommand Vote(long number)
    {
        var free = items.Concat(_own).Where(each => !_busy.Contains(each)).ToList();
        var item = free[_count % free.Count];
        var change = _changes[item] = _changes.GetValueOrDefault(item) + 1;
        var vote = Words[change % Words.Length];
        var (frame, call) = vote == RoomSight.NoVote ? TakeBack(number, item) : Cast(number, item, vote);
        return new PendingCommand(number, Pace.Now, CommandKind.Vote, VoteValue(item, change, vote), frame, call, item);
    }

    private (object Frame, PlainCall Call) Cast(long number, string item, string vote) => (
        new { type = "vote", item_id = item, vote, id = number },
        new PlainCall("POST", "/api/votes", new { item_id = item, user_id = Seat.Person, vote }, Seat.Token));

    private (object Frame, PlainCall Call) TakeBack(long number, string item) => (
        new { type = "vote_remove", item_id = item, id = number },
        new PlainCall("DELETE", $"/api/votes/{item}/{Seat.Person}", null, Seat.Token));

    // An acknowledgement does not say which item it was that they added: the feed does, once.
    private void Learn(JsonElement item)
    {
        var id = item.GetProperty("_id").GetString()!;
        lock (_gate)
        {
            if (item.GetProperty("added_by").GetString() == Seat.Person && _known.Add(id))
            {
                _own.Add(id);
            }
        }
    }
}
