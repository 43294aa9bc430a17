using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>
/// A watch party that lives through a sequence of numbers: each number is one command by somebody, or time passing. Every event must keep
/// the invariants. u0 to u5 have accounts; g0 to g3 are guests, who come in pairs with the same browser.
/// </summary>
internal sealed class WatchWalk
{
    private static readonly int[] Pauses = [0, 0, 0, 1, 4, 29, 310, 30_000];
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);
    private readonly bool _plays;

    /// <summary>Begins with a party of two.</summary>
    /// <param name="plays">Whether they also watch something.</param>
    internal WatchWalk(bool plays = true)
    {
        _plays = plays;
        Do(WatchSpec.Create() with { Host = WatchSpec.Person("u0"), Items = [WatchSpec.Item(1, 60_000), WatchSpec.Item(2)] });
        Do(Join("u1", null));
    }

    internal WatchState State { get; private set; } = WatchSpec.Entity.Initial(WatchSpec.PartyId);

    internal DateTimeOffset Now { get; private set; } = WatchSpec.T0;

    internal List<WatchEvent> Events { get; } = [];

    internal List<WatchCommand> Commands { get; } = [];

    internal WatchWalk Walk(IEnumerable<int> steps, Action<WatchWalk>? afterEach = null)
    {
        foreach (var step in steps)
        {
            Step(step & int.MaxValue);
            afterEach?.Invoke(this);
        }

        WatchInvariants.CheckAll(State);
        return this;
    }

    internal void Do(WatchCommand command)
    {
        Commands.Add(command);
        foreach (var @event in WatchSpec.Entity.Decide(State, command).Events)
        {
            State = WatchSpec.Entity.Evolve(State, @event);
            Events.Add(@event);
        }

        WatchSpec.Entity.CheckInvariants(State);
    }

    /// <summary>Lets time pass; every deadline on the way fires on time.</summary>
    internal void Pass(TimeSpan time)
    {
        var end = Now + time;
        while (WatchSpec.Entity.Deadline(State) is { } due && due <= end)
        {
            Now = due > Now ? due : Now;
            Do(WatchSpec.Entity.OnDeadline(State, due, Now));
            WatchSpec.Entity.Deadline(State).ShouldNotBe(due, "a deadline must move when it has passed");
        }

        Now = end;
    }

    private void Step(int step)
    {
        Pass(TimeSpan.FromSeconds(Pauses[Take(ref step, Pauses.Length)]));
        var kind = Take(ref step, 40);
        var (someone, other) = (Name(Take(ref step, 10)), Name(step % 10));
        var command = kind < 20 ? OfPeople(kind, step / 10, someone, other) : OfTheRest(kind, step / 10, someone, other);
        if (command is ForgetAccount forget)
        {
            _deleted.Add(forget.MemberId);
        }

        // A deleted account does not come back.
        var whose = command switch
        {
            JoinWatchParty c => c.Person.MemberId,
            InviteToWatchParty c => c.Person.MemberId,
            RequestWatchAccess c => c.Person.MemberId,
            _ => null,
        };
        if ((whose is null || !_deleted.Contains(whose)) && (_plays || command is not (PlaybackCommand or VoteToSkip)))
        {
            Do(command);
        }
    }

    private WatchCommand OfPeople(int kind, int step, string someone, string other) => kind switch
    {
        0 or 1 or 2 => Join($"u{step % 6}", step % 3 == 0 ? $"browser-u{step % 2}" : null),
        3 or 4 => new RequestGuestAccess(Now, Request(step), $"secret{step % 4}", Seat(step), $"Guest {step % 7}", null, Browser(step)),
        5 or 6 => new ClaimGuestAccess(Now, Request(step), $"secret{step % 4}", new WatchTokenGrant(Hash(step), Now.AddDays(1))),
        7 => new ReviewGuestRequest(Now, Host(), Request(step), step % 5 != 0, null),
        8 => step % 7 == 0 ? new ForgetAccount(Now, $"u{step % 6}") : new LeaveWatchParty(Now, Actor(someone)),
        9 => new KickParticipant(Now, step % 2 == 0 ? Host() : Actor(someone), other, Ban: false),
        10 => new KickParticipant(Now, step % 2 == 0 ? Host() : Actor(someone), other, Ban: true),
        11 => new LiftBan(Now, Host(), other),
        12 => new SetCoHost(Now, Host(), other, step % 3 != 0),
        13 => new TransferHost(Now, step % 2 == 0 ? Host() : Actor(someone), other),
        14 => new MuteParticipant(Now, Host(), other, step % 2 == 0),
        15 => new InviteToWatchParty(Now, Host(), WatchSpec.Person($"u{step % 6}")),
        16 => new RequestWatchAccess(Now, WatchSpec.As($"u{step % 6}"), WatchSpec.Person($"u{step % 6}"), null),
        17 => new ReviewWatchAccess(Now, Host(), $"u{step % 6}", step % 3 != 0, null),
        18 => new IssueWatchTicket(Now, Actor(someone), $"ticket{step % 9}", null, null, Now.AddSeconds(30)),
        _ => new RedeemWatchTicket(Now, $"ticket{step % 9}", new WatchTokenGrant(Hash(step), Now.AddDays(1))),
    };

    private WatchCommand OfTheRest(int kind, int step, string someone, string other) => kind switch
    {
        20 or 21 or 22 or 23 => new SetWatchPresence(Now, someone, Connected: true),
        24 or 25 => new SetWatchPresence(Now, someone, Connected: false),
        26 or 27 => new ReportClient(
            Now,
            Actor(someone),
            (WatchStatus)(step % 4),
            step % 3 == 0 ? null : step % 3 == 1,
            step % 1_200,
            step % 2 == 0 ? null : step % 99),
        28 or 29 => new SendWatchMessage(Now, Actor(someone), $"Message {step}"),
        30 => new DeleteWatchMessage(Now, Actor(someone), $"{(step % 9) + 1}"),
        31 => step % 6 == 0 ? new EndWatchParty(Now, Host()) : new Play(Now, Host(), step % 2 == 0 ? null : step % 70_000),
        32 or 33 => new RestartWatchParty(Now, Host()),
        34 => new UpdateWatchParty(Now, Host(), $"Title {step % 3}", null, Settings(step), step % 4 == 0 ? $"hash{step}" : null),
        35 => new Seek(Now, Actor(someone), step % 70_000),
        36 => step % 2 == 0 ? new Pause(Now, Actor(other)) : new SetRate(Now, Host(), 0.5 + (step % 3)),
        37 => step % 2 == 0 ? new SkipItem(Now, Host()) : new AddMediaItem(Now, Host(), WatchSpec.Item(step % 30), null),
        38 => step % 40 == 0 ? new DeleteWatchParty(Now, Host()) : new VoteToSkip(Now, Actor(someone), WatchSpec.Item(1).ItemId, true),
        _ => OfItems(step),
    };

    private WatchCommand OfItems(int step) => (step % 3) switch
    {
        0 => new NoteDuration(Now, Host(), WatchSpec.Item(2).ItemId, 30_000),
        1 => new RemoveMediaItem(Now, Host(), WatchSpec.Item(step % 5).ItemId),
        _ => new MoveMediaItem(Now, Host(), WatchSpec.Item(step % 5).ItemId, step % 2),
    };

    private static int Take(ref int step, int choices)
    {
        var choice = step % choices;
        step /= choices;
        return choice;
    }

    private static WatchSettings Settings(int step) => new()
    {
        Visibility = (WatchVisibility)(step % 4),
        ParticipantsMax = 3 + (step % 9),
        Controls = (WatchControls)(step / 4 % 4),
        WaitForReady = step / 16 % 2 == 0,
        SkipPercent = step % 100,
        SlowModeSeconds = step % 5 == 0 ? 10 : 0,
    };

    private static string Seat(int step) => $"g{step % 4}-{step / 4 % 3}";

    private static string Request(int step) => $"request-{Seat(step)}";

    private static string Browser(int step) => $"browser-{step % 2}";

    private static string Hash(int step) => $"token-{Seat(step)}-{step % 7}";

    private JoinWatchParty Join(string memberId, string? mark) => new(
        Now,
        WatchSpec.As(memberId),
        WatchSpec.Person(memberId),
        WatchSpec.Code,
        IsFriendOfHost: false,
        HostSeen: null,
        State.Password?.Version,
        mark);

    private WatchActor Host() => Actor(State.HostId ?? "nobody");

    /// <summary>Somebody as they would call: a guest with the last of their tokens.</summary>
    private WatchActor Actor(string memberId) => State.Find(memberId) is { Person.IsGuest: true } guest
        ? new WatchActor(memberId, guest.Tokens.LastOrDefault()?.Hash ?? "none")
        : new WatchActor(memberId);

    /// <summary>One of the six with accounts, or one of those guests that have been there.</summary>
    private string Name(int number)
    {
        if (number < 6)
        {
            return $"u{number}";
        }

        var guests = State.Members.Keys.Where(key => key.StartsWith('g')).ToList();
        return guests.Count == 0 ? "u0" : guests[number % guests.Count];
    }
}
