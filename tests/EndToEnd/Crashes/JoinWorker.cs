using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Crashes;

/// <summary>Creates parties and has people join them: whoever was told that they are in is in, once, and nobody else.</summary>
internal sealed class JoinWorker(CrashingServer server) : CrashWorker(server)
{
    private const int PeopleMax = 12;
    private readonly List<List<PartyClient>> _parties = [];

    protected override async Task PrepareAsync() => _parties.Add(await SeatAsync(1));

    protected override async Task StepAsync()
    {
        var people = _parties[^1];
        if (people.Count == PeopleMax)
        {
            _parties.Add(await SeatAsync(1));
            return;
        }

        people.Add(await JoinAsync(people[0].PartyId, $"Guest {people.Count}"));
    }

    public override async Task VerifyAsync()
    {
        _parties.Select(p => p[0].PartyId).Distinct().Count().ShouldBe(_parties.Count);
        foreach (var people in _parties)
        {
            var party = await people[0].PartyAsync();
            party.Participants.Values.Select(p => (p.Id, p.Username)).ToArray().ShouldBe([.. people.Select(p => (p.UserId, p.Name))]);
            foreach (var person in people)
            {
                (await person.BallotAsync()).ShouldBeNull("everybody's token holds");
            }
        }
    }
}
