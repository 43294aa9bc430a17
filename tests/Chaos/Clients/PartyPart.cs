using System.Globalization;
using System.Text.Json;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>
/// A participant of a party: the host sets the ranking deadline to a millisecond not used before, the others hand in a ballot in an order
/// not used before.
/// </summary>
internal sealed class PartyPart(Seat seat, bool isHost, IReadOnlyList<string> pool, DateTimeOffset firstDeadline) : Part(seat)
{
    private long _count;

    /// <inheritdoc />
    public override string Feed => Feeds.Party;

    /// <inheritdoc />
    public override object Ping { get; } = new { type = "ping" };

    /// <inheritdoc />
    public override PlainCall Look => new("GET", $"/api/party/{Seat.Entity}");

    /// <inheritdoc />
    public override bool ShowsStates => true;

    /// <inheritdoc />
    public override PendingCommand Next(long number)
    {
        var (value, payload) = isHost ? NextDeadline() : NextBallot();
        var type = isHost ? "set_ranking_deadline" : "submit_ranking";
        var path = $"/api/party/{Seat.Entity}/{(isHost ? "ranking-deadline" : "ballots/me")}";
        return new PendingCommand(
            number,
            Pace.Now,
            isHost ? CommandKind.Deadline : CommandKind.Ballot,
            value,
            new { type, payload, id = number },
            new PlainCall("PUT", path, payload, Seat.Token));
    }

    /// <inheritdoc />
    public override string FeedPath(string device, long since) =>
        $"/ws/party/{Seat.Entity}?token={Seat.Token}&client={device}" + (since == 0 ? string.Empty : $"&since={since}");

    /// <inheritdoc />
    public override Heard? Hear(JsonElement frame)
    {
        var type = frame.GetProperty("type").GetString();
        if (type == "party_update")
        {
            return new Heard.Shows(PartySight.Of(frame.GetProperty("payload").GetProperty("party")));
        }

        if (type is not ("ack" or "error"))
        {
            return null;
        }

        var payload = frame.GetProperty("payload");
        var code = type == "error" ? payload.GetProperty("code").GetString()! : string.Empty;
        return (type, payload.TryGetProperty("id", out var id)) switch
        {
            ("ack", true) => new Heard.Done(id.GetInt64(), payload.GetProperty("seq").GetInt64()),
            ("error", true) => new Heard.No(id.GetInt64(), code, payload.GetProperty("retryable").GetBoolean()),
            ("error", false) => new Heard.Trouble(code),
            _ => null,
        };
    }

    /// <inheritdoc />
    public override Sight See(CallAnswer answer) => PartySight.Of(answer.Body);

    /// <inheritdoc />
    public override long SeqOf(CallAnswer answer) => answer.Body.GetProperty("seq").GetInt64();

    private (string Value, object Payload) NextDeadline()
    {
        var deadline = firstDeadline.AddMilliseconds(++_count);
        return (deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            new { deadline = deadline.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) });
    }

    // The number written in the factorial base chooses one order of all films. Eight films give 40,320 of them.
    private (string Value, object Payload) NextBallot()
    {
        var left = new List<string>(pool);
        var ranks = new List<string>();
        var number = ++_count;
        while (left.Count > 0)
        {
            var index = (int)(number % left.Count);
            number /= left.Count;
            ranks.Add(left[index]);
            left.RemoveAt(index);
        }

        return (string.Join(',', ranks), new { ranks });
    }
}
