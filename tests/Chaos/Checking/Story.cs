using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Checking;

/// <summary>
/// An entity as its journal tells it: which command is at which number, and what feeds had to show. Made from the journal's bytes alone,
/// by rules of its own, so that a mistake in the server's cannot hide here.
/// </summary>
internal abstract class Story
{
    private readonly Dictionary<(string Person, CommandKind Kind, string Value), List<long>> _carriedOut = [];
    private readonly List<(Breach Breach, string Text)> _faults = [];

    /// <summary>What is wrong with the journal itself.</summary>
    public IReadOnlyList<(Breach Breach, string Text)> Faults => _faults;

    /// <summary>The last number.</summary>
    public long Head { get; private set; }

    /// <summary>Everything that was carried out, with the numbers at which it was.</summary>
    public IReadOnlyDictionary<(string Person, CommandKind Kind, string Value), List<long>> CarriedOut => _carriedOut;

    /// <summary>Whether a feed shows the entity as it is, so that it may leave numbers out; otherwise it shows what happens.</summary>
    public abstract bool ShowsStates { get; }

    /// <summary>Tells the story of an entity of either kind.</summary>
    /// <param name="events">All its events, in any order.</param>
    public static Story Of(IReadOnlyCollection<JournalEvent> events) =>
        events.Any(each => each.Manifest.StartsWith("room.", StringComparison.Ordinal)) ? new RoomStory(events) : new PartyStory(events);

    /// <summary>The numbers at which a command was carried out.</summary>
    public IReadOnlyList<long> At(Called command) =>
        _carriedOut.GetValueOrDefault((command.Person, command.Kind, command.Value)) ?? [];

    /// <summary>What is wrong with what somebody was shown; null when nothing is.</summary>
    public string? Mistake(Sight sight) => sight.Seq < 1 || sight.Seq > Head
        ? $"number {sight.Seq} was shown, the last is {Head}"
        : LookAt(sight.Seq, sight.Feed) is { } look && look != sight.Look ? $"at {sight.Seq} it was {look}, shown was {sight}" : null;

    /// <summary>The last number, up to one, that a person's feed had to show.</summary>
    public abstract long LastDue(string person, string feed, long seq);

    /// <summary>What a feed shows at a number; null where anything may be shown.</summary>
    protected abstract string? LookAt(long seq, string feed);

    /// <summary>Takes the next event.</summary>
    protected abstract void Take(JournalEvent each, string manifest);

    /// <summary>Goes through all events.</summary>
    protected void Tell(IEnumerable<JournalEvent> events)
    {
        foreach (var each in events.OrderBy(e => e.Seq))
        {
            Head++;
            if (each.Seq != Head)
            {
                Blame(Breach.Forked, $"number {each.Seq} stands where {Head} should");
            }

            Take(each, each.Manifest[..each.Manifest.LastIndexOf('.')]);
        }
    }

    /// <summary>A command was carried out.</summary>
    protected void Note(string person, CommandKind kind, string value, long seq)
    {
        if (!_carriedOut.TryGetValue((person, kind, value), out var seqs))
        {
            _carriedOut.Add((person, kind, value), seqs = []);
        }

        seqs.Add(seq);
    }

    /// <summary>The journal itself is wrong.</summary>
    protected void Blame(Breach breach, string text) => _faults.Add((breach, text));
}
