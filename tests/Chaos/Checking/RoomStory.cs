using System.Text.Json;
using AkkaParty.Chaos.Clients;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Checking;

/// <summary>
/// A room as its journal tells it: what each event had to show, with counts that are counted here from the votes themselves, and the
/// queue's digest after each event.
/// </summary>
internal sealed class RoomStory : Story
{
    private readonly Dictionary<string, Film> _films = [];
    private readonly List<string?> _looks = [null];
    private readonly List<string?> _comers = [null];
    private readonly List<ulong> _digests = [0];
    private string? _look;
    private string? _comer;
    private ulong _digest;

    /// <param name="events">All its events, in any order.</param>
    public RoomStory(IEnumerable<JournalEvent> events) => Tell(events);

    /// <inheritdoc />
    public override bool ShowsStates => false;

    /// <inheritdoc />
    public override long LastDue(string person, string feed, long seq)
    {
        var due = Math.Min(seq, Head);
        while (due > 0 && !IsDue(person, feed, (int)due))
        {
            due--;
        }

        return due;
    }

    /// <inheritdoc />
    protected override string? LookAt(long seq, string feed) =>
        feed == Feeds.Queue ? RoomSight.Queue(_digests[(int)seq]) : _looks[(int)seq];

    /// <inheritdoc />
    protected override void Take(JournalEvent each, string manifest)
    {
        (_look, _comer) = (null, null);
        Take(each.Seq, manifest, JsonDocument.Parse(each.Payload).RootElement);
        _looks.Add(_look);
        _comers.Add(_comer);
        _digests.Add(_digest);
    }

    // What the checker does not follow may be shown or not, and nobody's socket tells of their own coming and going.
    private bool IsDue(string person, string feed, int seq) =>
        _looks[seq] is not null && (feed != Feeds.Socket || _comers[seq] != person);

    private void Take(long seq, string manifest, JsonElement payload)
    {
        switch (manifest)
        {
            case "room.item-added":
                Add(seq, payload.GetProperty("item"));
                break;
            case "room.item-enriched":
                Enrich(seq, payload.GetProperty("item"));
                break;
            case "room.item-watched":
                Watch(seq, payload);
                break;
            case "room.entry-added":
                _look = RoomSight.Entry(Text(payload.GetProperty("entry"), "item_id"));
                break;
            case "room.vote-cast":
                Vote(seq, payload, payload.GetProperty("is_up").GetBoolean());
                break;
            case "room.vote-removed":
                Vote(seq, payload, null);
                break;
            case "room.member-connected" or "room.member-disconnected":
                _comer = Text(payload, "user_id");
                _look = RoomSight.Coming(_comer, manifest == "room.member-connected");
                break;
        }
    }

    private void Add(long seq, JsonElement item)
    {
        var film = new Film(Text(item, "id"), Text(item, "title"));
        if (!_films.TryAdd(film.Id, film))
        {
            Blame(Breach.Doubled, $"the item {film.Id} was added again at {seq}");
            return;
        }

        _digest ^= RoomSight.Digest(film.Id, film.Counts);
        _look = Show(film);
        if (!film.Title.StartsWith(RoomPart.FirstFilms, StringComparison.Ordinal))
        {
            Note(Text(item, "added_by"), CommandKind.Film, film.Title, seq);
        }
    }

    private void Enrich(long seq, JsonElement item)
    {
        var film = _films[Text(item, "id")];
        _look = Show(film);
        if (film.WasEnriched)
        {
            Blame(Breach.Doubled, $"what was found of {film.Id} was taken over again at {seq}");
        }

        film.WasEnriched = true;
    }

    private void Watch(long seq, JsonElement payload)
    {
        var film = _films[Text(payload.GetProperty("item"), "id")];
        film.IsWatched = true;
        _digest ^= RoomSight.Digest(film.Id, film.Counts);
        _look = Show(film);
        Note(Text(payload, "by"), CommandKind.Watched, film.Id, seq);
    }

    private void Vote(long seq, JsonElement payload, bool? isUp)
    {
        var (film, person) = (_films[Text(payload, "item_id")], Text(payload, "user_id"));
        _digest ^= RoomSight.Digest(film.Id, film.Counts);
        film.Votes.Remove(person);
        if (isUp is { } up)
        {
            film.Votes.Add(person, up);
        }

        _digest ^= RoomSight.Digest(film.Id, film.Counts);
        var told = new Counts(payload.GetProperty("upvotes").GetInt32(), payload.GetProperty("downvotes").GetInt32());
        if (told != film.Counts)
        {
            Blame(Breach.Miscounted, $"at {seq} {film.Id} had {film.Counts}, stored is {told}");
        }

        var number = film.Changes[person] = film.Changes.GetValueOrDefault(person) + 1;
        var word = isUp switch { true => "up", false => "down", null => RoomSight.NoVote };
        _look = RoomSight.Vote(film.Id, person, word, film.Counts);
        Note(person, CommandKind.Vote, RoomPart.VoteValue(film.Id, number, word), seq);
    }

    private static string Show(Film film) => RoomSight.Item(film.Id, film.IsWatched ? "watched" : "queued", film.Counts, film.Title);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private sealed class Film(string id, string title)
    {
        public string Id => id;

        public string Title => title;

        public Dictionary<string, bool> Votes { get; } = [];

        /// <summary>How many times each person changed their vote.</summary>
        public Dictionary<string, int> Changes { get; } = [];

        public bool IsWatched { get; set; }

        public bool WasEnriched { get; set; }

        public Counts Counts => new(Votes.Values.Count(isUp => isUp), Votes.Values.Count(isUp => !isUp));
    }
}
