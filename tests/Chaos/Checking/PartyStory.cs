using System.Text.Json;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Checking;

/// <summary>A party as its journal tells it: how it looked after each event.</summary>
internal sealed class PartyStory : Story
{
    private readonly List<string> _looks = [string.Empty];
    private readonly HashSet<string> _connected = [];
    private readonly HashSet<string> _ranked = [];
    private string _deadline = string.Empty;
    private string _host = string.Empty;

    /// <param name="events">All its events, in any order.</param>
    public PartyStory(IEnumerable<JournalEvent> events) => Tell(events);

    /// <inheritdoc />
    public override bool ShowsStates => true;

    /// <inheritdoc />
    public override long LastDue(string person, string feed, long seq) => seq;

    /// <inheritdoc />
    protected override string? LookAt(long seq, string feed) => _looks[(int)seq];

    /// <inheritdoc />
    protected override void Take(JournalEvent each, string manifest)
    {
        if (manifest is "party.created" or "party.ranking-deadline-set" or "party.ballot-submitted" or "party.participant-connected"
            or "party.participant-disconnected")
        {
            Take(each, manifest, JsonDocument.Parse(each.Payload).RootElement);
        }

        _looks.Add(PartySight.Look(_deadline, _connected, _ranked));
    }

    private void Take(JournalEvent each, string manifest, JsonElement payload)
    {
        string Who() => payload.GetProperty("user_id").GetString()!;
        switch (manifest)
        {
            case "party.created":
                _host = payload.GetProperty("host_id").GetString()!;
                break;
            case "party.ranking-deadline-set":
                _deadline = PartySight.Instant(payload.GetProperty("deadline"));
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
}
