using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Crashes;

/// <summary>One person changes a ballot over REST again and again; checked as the votes are.</summary>
internal sealed class BallotWorker(CrashingServer server) : CrashWorker(server)
{
    private static readonly string[] Films = ["900000071", "900000072", "900000073"];
    private static readonly string[][] Ballots =
        [[Films[0]], [Films[2], Films[0]], [Films[1]], [Films[2], Films[1], Films[0]], [Films[0], Films[1]]];

    private List<PartyClient> _people = null!;
    private long _seq;
    private int _count;

    protected override async Task PrepareAsync()
    {
        _people = await SeatAsync(3);
        await CommandAsync(_people[0], "POST", "/start-nomination");
        foreach (var film in Films)
        {
            await CommandAsync(_people[0], "POST", "/nominations", new { tmdb_id = film });
            await CommandAsync(_people[0], "PUT", "/nominations/current/vote", new { vote = "yay", tmdb_id = film });
            await CommandAsync(_people[1], "PUT", "/nominations/current/vote", new { vote = "yay", tmdb_id = film });
        }

        _seq = (await CommandAsync(_people[0], "POST", "/finalize-nominations")).Party.Seq;
    }

    protected override async Task StepAsync()
    {
        var answer = await CommandAsync(_people[1], "PUT", "/ballots/me", new { ranks = Ballots[_count % Ballots.Length] });

        answer.Json.GetProperty("seq").GetInt64().ShouldBe(_seq + 1, "an acknowledged ballot is one event, once");
        _seq++;
        _count++;
    }

    public override async Task VerifyAsync()
    {
        (await _people[0].PartyAsync()).Seq.ShouldBe(_seq);
        (await _people[1].BallotAsync()).ShouldBe(_count == 0 ? null : Ballots[(_count - 1) % Ballots.Length]);
        (await _people[0].BallotAsync()).ShouldBeNull();
    }
}
