using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Crashes;

/// <summary>
/// One person changes a vote over a socket, several frames under way at once. After a loss all that were not acknowledged are sent again
/// with their numbers: each is acknowledged in the end, at a place of its own, in order.
/// </summary>
internal sealed class SocketWorker(CrashingServer server) : CrashWorker(server)
{
    private const int AtOnce = 8;
    private PartyClient _host = null!;
    private long _lastSeq;
    private string _vote = "nay";

    /// <summary>How often it connected again.</summary>
    public int Reconnections { get; private set; }

    protected override async Task PrepareAsync()
    {
        _host = (await SeatAsync(4))[0];
        await CommandAsync(_host, "POST", "/start-nomination");
        await CommandAsync(_host, "POST", "/nominations", new { tmdb_id = "900000062" });
        await ConnectAsync();
    }

    protected override async Task StepAsync()
    {
        var waiting = new List<(long Id, string Vote)>();
        for (var i = 0; i < AtOnce; i++)
        {
            _vote = _vote == "yay" ? "nay" : "yay";
            waiting.Add((_host.NextId(), _vote));
        }

        while (waiting.Count > 0)
        {
            var asked = waiting.Select(w => _host.Socket.AskAsync(ClientFrameTypes.VoteNomination, new { vote = w.Vote }, w.Id)).ToList();
            var lost = false;
            foreach (var ask in asked)
            {
                // The answers come in the order of the frames: after the first that is missing all are.
                if (await CrashingServer.TryAsync(() => ask) is { } frame)
                {
                    Take(frame);
                    waiting.RemoveAt(0);
                }
                else
                {
                    lost = true;
                }
            }

            if (lost)
            {
                await ConnectAsync();
            }
        }
    }

    public override async Task VerifyAsync()
    {
        var party = await _host.PartyAsync();
        party.CurrentNomination!.Voters[_host.UserId].ShouldBe(_vote == "yay" ? NominationVote.Yay : NominationVote.Nay);
        await _host.DisposeAsync();
    }

    private async Task ConnectAsync()
    {
        do
        {
            await Server.UntilUpAsync();
        }
        while (await CrashingServer.TryAsync(_host.ReconnectAsync) is null);
        Reconnections++;
    }

    private void Take(Frame frame)
    {
        frame.Type.ShouldBe(ServerFrameTypes.Ack, frame.Text);
        var seq = frame.Payload.GetProperty("seq").GetInt64();
        seq.ShouldBeGreaterThan(_lastSeq, "each acknowledged vote has an event of its own, in the order of the frames");
        _lastSeq = seq;
        Server.Acknowledge();
    }
}
