using System.Text.Json;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Checking;

/// <summary>
/// A party as its journal tells it: which command is at which number, and how it looked after each event. Made from the journal's bytes
/// alone, by rules of its own, so that a mistake in the server's cannot hide here.
/// </summary>
internal sealed class PartyStory
{
    private readonly Dictionary<(string Person, CommandKind Kind, string Value), List<long>> _carriedOut = [];
    private readonly List<(string Deadline, string Connected, string Ranked)> _looks = [(string.Empty, string.Empty, string.Empty)];
    private readonly SortedSet<string> _connected = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _ranked = new(StringComparer.Ordinal);
    private string _deadline = string.Empty;
    private string _host = string.Empty;

    /// <param name="events">All its events, in any order.</param>
    public PartyStory(IEnumerable<JournalEvent> events)
    {
        foreach (var each in events.OrderBy(e => e.Seq))
        {
            if (each.Seq != _looks.Count)
            {
                Gaps.Add($"number {each.Seq} stands where {_looks.Count} should");
            }

            Take(each);
            _looks.Add((_deadline, string.Join(',', _connected), string.Join(',', _ranked)));
        }
    }

    /// <summary>What is wrong with the numbers.</summary>
    public List<string> Gaps { get; } = [];

    /// <summary>The last number.</summary>
    public long Head => _looks.Count - 1;

    /// <summary>Everything that was carried out, with the numbers at which it was.</summary>
    public IReadOnlyDictionary<(string Person, CommandKind Kind, string Value), List<long>> CarriedOut => _carriedOut;

    /// <summary>The numbers at which a command was carried out.</summary>
    public IReadOnlyList<long> At(Called command) =>
        _carriedOut.GetValueOrDefault((command.Person, command.Kind, command.Value)) ?? [];

    /// <summary>What is wrong with what somebody was shown; null when nothing is.</summary>
    public string? Mistake(Sight sight)
    {
        if (sight.Seq < 1 || sight.Seq > Head)
        {
            return $"number {sight.Seq} was shown, the last is {Head}";
        }

        var look = _looks[(int)sight.Seq];
        return look == (sight.Deadline, sight.Connected, sight.Ranked) ? null : $"at {sight.Seq} it was {look}, shown was {sight}";
    }

    private void Take(JournalEvent each)
    {
        var manifest = each.Manifest[..each.Manifest.LastIndexOf('.')];
        if (manifest is not ("party.created" or "party.ranking-deadline-set" or "party.ballot-submitted" or "party.participant-connected"
            or "party.participant-disconnected"))
        {
            return;
        }

        var payload = JsonDocument.Parse(each.Payload).RootElement;
        string Who() => payload.GetProperty("user_id").GetString()!;
        switch (manifest)
        {
            case "party.created":
                _host = payload.GetProperty("host_id").GetString()!;
                break;
            case "party.ranking-deadline-set":
                _deadline = SightReader.Instant(payload.GetProperty("deadline"));
                Note(_host, CommandKind.Deadline, _deadline, each.Seq);
                break;
            case "party.ballot-submitted":
                _ranked.Add(Who());
                Note(Who(), CommandKind.Ballot, Ranks(payload), each.Seq);
                break;
            case "party.participant-connected":
                _connected.Add(Who());
                break;
            default:
                _connected.Remove(Who());
                break;
        }
    }

    private static string Ranks(JsonElement payload) =>
        string.Join(',', payload.GetProperty("ranks").EnumerateArray().Select(film => film.GetString()));

    private void Note(string person, CommandKind kind, string value, long seq)
    {
        if (!_carriedOut.TryGetValue((person, kind, value), out var seqs))
        {
            _carriedOut.Add((person, kind, value), seqs = []);
        }

        seqs.Add(seq);
    }
}
