using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Crashes;

/// <summary>
/// One person changes a vote over REST again and again. Each change is one event and nobody else acts, so the party's number must be
/// exactly one higher after each acknowledgement: a change that is lost or carried out twice shows at once.
/// </summary>
internal sealed class VoteWorker(CrashingServer server) : CrashWorker(server)
{
    private PartyClient _host = null!;
    private long _seq;
    private NominationVote _vote = NominationVote.Nay;

    protected override async Task PrepareAsync()
    {
        _host = (await SeatAsync(4))[0];
        await CommandAsync(_host, "POST", "/start-nomination");
        _seq = (await CommandAsync(_host, "POST", "/nominations", new { tmdb_id = "900000061" })).Party.Seq;
    }

    protected override async Task StepAsync()
    {
        var vote = _vote == NominationVote.Yay ? NominationVote.Nay : NominationVote.Yay;
        var text = vote == NominationVote.Yay ? "yay" : "nay";

        var party = (await CommandAsync(_host, "PUT", "/nominations/current/vote", new { vote = text })).Party;

        party.Seq.ShouldBe(_seq + 1, "an acknowledged vote is one event, once");
        (_seq, _vote) = (party.Seq, vote);
    }

    public override async Task VerifyAsync()
    {
        var party = await _host.PartyAsync();
        party.Seq.ShouldBe(_seq);
        party.CurrentNomination!.Voters[_host.UserId].ShouldBe(_vote);
    }
}
