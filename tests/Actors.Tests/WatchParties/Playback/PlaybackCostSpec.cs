using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>What a command costs in a large party, counted in bytes that are allocated: the same on every machine.</summary>
public sealed class PlaybackCostSpec : PlaybackSpec
{
    [Fact]
    public void A_command_in_a_party_of_a_thousand_costs_hardly_more_than_in_a_party_of_four()
    {
        var few = Cost(3);
        var many = Cost(999);
        many.ShouldBeLessThan(few * 1.5, $"{few} bytes with four, {many} with a thousand");
    }

    private static double Cost(int others)
    {
        var people = Enumerable.Range(1, others).Select(n => $"0198f0f0-0000-7000-a000-{n:d12}").ToList();
        var state = Decide(Entity.Initial(PartyId), Create(new WatchSettings { ParticipantsMax = 1_000 }, Film) with
        {
            Seats = [.. people.Select(id => new OriginSeat(new WatchPerson(id, id[^4..]), id))],
        });
        foreach (var id in people.Append(Ann))
        {
            state = Decide(state, Presence(id, 0, true));
            state = Decide(state, Report(id, 0, reportsReady: true, roundTripMs: 300));
        }

        state = Commands(state, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        state = Commands(state, 100);
        state.Play.Current.ChangedBy.ShouldBe(Ann);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100d;
    }

    private static WatchState Commands(WatchState state, int from)
    {
        for (var n = 0; n < 50; n++)
        {
            state = Decide(state, new Play(At(from + (n * 0.2)), As(Ann)));
            state = Decide(state, new Seek(At(from + (n * 0.2) + 0.1), As(Ann), n));
            state = Decide(state, new Pause(At(from + (n * 0.2) + 0.1), As(Ann)));
        }

        return state;
    }

    private static WatchState Decide(WatchState state, WatchCommand command)
    {
        foreach (var @event in Entity.Decide(state, command).Events)
        {
            state = Entity.Evolve(state, @event);
            Entity.ViewEvent(@event, state.Seq, new Audience(WatchAddress.PartySocketAudience));
        }

        Entity.CheckInvariants(state);
        return state;
    }
}
