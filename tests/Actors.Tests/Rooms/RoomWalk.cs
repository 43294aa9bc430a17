using AkkaParty.Actors.Rooms;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.Rooms;

/// <summary>
/// A room that lives through a sequence of numbers: each number is one command by somebody, or time passing. Every event must keep the
/// invariants.
/// </summary>
internal sealed class RoomWalk
{
    private static readonly int[] Pauses = [0, 0, 0, 1, 7, 45, 130];

    /// <summary>Begins with a room of three, two of them listed.</summary>
    internal RoomWalk() => Do(RoomSpec.Create("u0", "u1", "u2"));

    internal RoomState State { get; private set; } = RoomSpec.Entity.Initial(RoomSpec.RoomId);

    internal DateTimeOffset Now { get; private set; } = RoomSpec.T0;

    internal List<RoomEvent> Events { get; } = [];

    internal List<RoomCommand> Commands { get; } = [];

    internal RoomWalk Walk(IEnumerable<int> steps, Action<RoomWalk>? afterEach = null)
    {
        foreach (var step in steps)
        {
            Step(step & int.MaxValue);
            afterEach?.Invoke(this);
        }

        RoomInvariants.CheckAll(State);
        return this;
    }

    internal void Do(RoomCommand command)
    {
        Commands.Add(command);
        foreach (var @event in RoomSpec.Entity.Decide(State, command).Events)
        {
            State = RoomSpec.Entity.Evolve(State, @event);
            Events.Add(@event);
        }

        RoomSpec.Entity.CheckInvariants(State);
    }

    /// <summary>Lets time pass; every deadline on the way fires on time.</summary>
    internal void Pass(TimeSpan time)
    {
        Now += time;
        while (RoomSpec.Entity.Deadline(State) is { } due && due <= Now)
        {
            Do(RoomSpec.Entity.OnDeadline(State, due, due));
            RoomSpec.Entity.Deadline(State).ShouldNotBe(due, "a deadline must move when it has passed");
        }
    }

    private void Step(int step)
    {
        Pass(TimeSpan.FromSeconds(Take(ref step, Pauses)));
        var kind = step % 34;
        step /= 34;
        var someone = $"u{step % 6}";
        step /= 6;
        var actor = RoomSpec.As(someone);
        Do(kind < 20 ? OfQueue(kind, step, someone, actor) : OfPeople(kind, step, someone, actor));
    }

    private RoomCommand OfQueue(int kind, int step, string someone, RoomActor actor) => kind switch
    {
        0 or 1 or 2 => new AddItem(
            Now, actor, someone, $"Film {step % 9}", new ItemDetails { TmdbId = step % 4 == 0 ? (step % 5) + 1 : null }),
        3 or 4 or 5 or 6 => new CastVote(Now, actor, Item(step), someone, (step & 64) == 0),
        7 => new RemoveVote(Now, actor, Item(step), someone),
        8 => new ReactToItem(Now, actor, Item(step), someone, ItemReactions.All[step % 5], step % 3 == 0 ? null : step % 2 == 0),
        9 => new UpdateItem(Now, actor, Item(step), (ItemStatus)(step % 4), new ItemDetails { Year = 1900 + (step % 50) }),
        10 => new RemoveItem(Now, actor, Item(step)),
        11 => new MarkWatched(Now, actor, Item(step), step % 2 == 0 ? "Good" : null),
        12 => State.Openings is [.., { View.Status: OpeningStatus.Opening } opening]
            ? new FinishRoomOpening(Now, opening.View.Id, step % 2 == 0 ? "ABC234" : null)
            : new MarkWatched(Now, Admin(), Item(step), null) { Open = true },
        13 => new RateEntry(Now, actor, Item(step), someone, 2 + (step % 9)),
        14 => new RequestEnrichment(Now, actor, Item(step)),
        15 => new FinishEnrichment(
            Now, Item(step), 1 + (step % 2), step % 3 == 0 ? null : new ItemDetails { TmdbId = 1 + (step % 5) }, null),
        16 => new SelectItem(Now, Admin(), (SelectionMode)(step % 3), (ulong)step << 40),
        17 => new PickItem(Now, Admin(), Item(step)),
        18 => new StartVotingRound(Now, actor, step % 2 == 0 ? null : 10 + (step % 90)),
        _ => step % 3 == 0 ? new CloseVotingRound(Now, Admin()) : new FinishVoting(Now, actor, someone),
    };

    private RoomCommand OfPeople(int kind, int step, string someone, RoomActor actor) => kind switch
    {
        20 or 21 => new JoinRoom(Now, RoomSpec.Stranger, RoomSpec.Seat(someone), RoomSpec.Token(someone)),
        22 => new AddMember(Now, actor, new RoomSeat($"u{step % 6}", $"u{step % 7}")),
        23 => new UpdateMember(Now, actor, new RoomSeat(someone, $"u{step % 8}", "🎬", step % 2 == 0 ? "DE" : "US")),
        24 => new RemoveMember(Now, Admin(), $"u{step % 6}"),
        25 => new LeaveRoom(Now, actor, someone, step % 2 == 0 ? null : $"u{step % 6}"),
        26 => new GrantAdmin(Now, Admin(), $"u{step % 6}"),
        27 => step % 4 == 0 ? new FreeSeat(Now, Admin(), $"u{step % 6}") : new FinishVoting(Now, actor, someone),
        28 => new UpdateRoom(
            Now, Admin(), step % 2 == 0 ? null : "Other", new RoomSettings(10 + (step % 100), (SelectionMode)(step % 3), step % 4 != 0)),
        29 => new IssueRoomToken(Now, someone, actor, RoomSpec.Token($"{someone}-{step % 12}")),
        30 => step % 3 == 0 ? new RevokeRoomToken(Now, actor) : new SetRoomPresence(Now, someone, step % 2 == 0),
        31 => step % 200 == 0 ? new DeleteRoom(Now, Admin()) : new SetRoomPresence(Now, someone, true),
        _ => new SetRoomPresence(Now, someone, step % 2 == 0),
    };

    private static int Take(ref int step, int[] choices)
    {
        var choice = choices[step % choices.Length];
        step /= choices.Length;
        return choice;
    }

    private RoomActor Admin() => RoomSpec.As(State.Admins.IsEmpty ? "nobody" : State.Admins[0]);

    /// <summary>The id of something that the room has made, or will make next.</summary>
    private string Item(int step) => RoomSpec.Id((uint)(1 + (step % (State.LastNumber + 1))));
}
