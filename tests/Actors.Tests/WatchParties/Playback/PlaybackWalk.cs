using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>
/// A party that lives through a sequence of numbers: each is one command about playback by somebody, or somebody who comes, goes or is
/// ready; time passes in between, and deadlines fire on time.
/// </summary>
internal sealed class PlaybackWalk
{
    private static readonly int[] PausesMs = [0, 1, 13, 90, 200, 450, 999, 4_000, 31_000];
    private static readonly double[] Rates = [0.25, 0.5, 1, 1, 1.25, 2, 4];
    private static readonly string[] People = [PlaybackSpec.Ann, PlaybackSpec.Bob, PlaybackSpec.Cy, PlaybackSpec.Dee];

    internal PlaybackWalk(WatchSettings settings)
    {
        Do(PlaybackSpec.Create(settings, PlaybackSpec.Film, PlaybackSpec.Short, PlaybackSpec.Live));
        foreach (var memberId in People)
        {
            Do(new SetWatchPresence(Now, memberId, true));
        }
    }

    internal WatchState State { get; private set; } = PlaybackSpec.Entity.Initial(PlaybackSpec.PartyId);

    internal DateTimeOffset Now { get; private set; } = PlaybackSpec.T0;

    /// <summary>What happened, and by which command.</summary>
    internal List<(WatchEvent Event, WatchCommand Cause)> Events { get; } = [];

    internal List<WatchCommand> Commands { get; } = [];

    internal PlaybackWalk Walk(IEnumerable<int> steps)
    {
        foreach (var step in steps)
        {
            Step(step & int.MaxValue);
        }

        return this;
    }

    internal void Do(WatchCommand command)
    {
        Commands.Add(command);
        foreach (var @event in PlaybackSpec.Entity.Decide(State, command).Events)
        {
            State = PlaybackSpec.Entity.Evolve(State, @event);
            Events.Add((@event, command));
        }

        PlaybackSpec.Entity.CheckInvariants(State);
        PlaybackInvariants.CheckAll(State);
    }

    /// <summary>Lets time pass; every deadline on the way fires on time.</summary>
    internal void Pass(TimeSpan time)
    {
        var until = Now + time;
        while (PlaybackSpec.Entity.Deadline(State) is { } due && due <= until)
        {
            Now = due > Now ? due : Now;
            Do(PlaybackSpec.Entity.OnDeadline(State, due, Now));
            PlaybackSpec.Entity.Deadline(State).ShouldNotBe(due, "a deadline must move when it has passed");
        }

        Now = until;
    }

    private void Step(int step)
    {
        Pass(TimeSpan.FromMilliseconds(Take(ref step, PausesMs)));
        var kind = step % 24;
        step /= 24;
        var someone = Take(ref step, People);
        var command = kind < 16 ? OfPlayback(kind, step, PlaybackSpec.As(someone)) : OfPeople(kind, step, someone);
        Do(command is PlaybackCommand { MeantAt: null } playback && step % 5 == 0
            ? playback with { MeantAt = Now.AddMilliseconds(200 - (step % 1_400)) }
            : command);
    }

    private WatchCommand OfPlayback(int kind, int step, WatchActor actor) => kind switch
    {
        0 or 1 or 2 => new Play(Now, actor, step % 4 == 0 ? step % 120_000 : null),
        3 or 4 => new Pause(Now, actor, step % 4 == 0 ? step % 120_000 : null),
        5 or 6 or 7 or 8 => new Seek(Now, actor, step % 130_000)
        {
            MeantAt = step % 3 == 0 ? null : Now.AddMilliseconds(-(step % 700)),
        },
        9 or 10 => new SetRate(Now, actor, Rates[step % Rates.Length]),
        11 => new SkipItem(Now, actor, step % 2 == 0 ? null : Item(step)),
        12 => new VoteToSkip(Now, actor, State.Play.Current.ItemId ?? Item(step), step % 5 != 0),
        13 => new AddMediaItem(
            Now, actor, PlaybackSpec.Live with { ItemId = Item(step), DurationMs = step % 3 == 0 ? null : 1 + (step % 20_000) }),
        14 => step % 3 == 0 ? new MoveMediaItem(Now, actor, Item(step), step % 4) : new RemoveMediaItem(Now, actor, Item(step)),
        _ => new NoteDuration(Now, actor, Item(step), 1 + (step % 90_000)),
    };

    private WatchCommand OfPeople(int kind, int step, string someone) => kind switch
    {
        16 or 17 => new SetWatchPresence(Now, someone, step % 3 != 0),
        18 or 19 or 20 => Report(someone, WatchStatus.Ready, null, null) with
        {
            Barrier = step % 3 == 0 ? State.Play.LastBarrierId - (step / 3 % 2) : null,
        },
        21 => Report(someone, step % 2 == 0 ? WatchStatus.Buffering : WatchStatus.Online, null, null),
        22 => Report(someone, null, step % 4 != 0, null),
        _ => Report(someone, null, null, 100 * (1 + (step % 10))),
    };

    private ReportClient Report(string someone, WatchStatus? status, bool? reportsReady, int? roundTripMs) =>
        new(Now, PlaybackSpec.As(someone), status, reportsReady, roundTripMs, null);

    private static T Take<T>(ref int step, T[] choices)
    {
        var choice = choices[step % choices.Length];
        step /= choices.Length;
        return choice;
    }

    private static string Item(int step) => PlaybackSpec.ItemId(1 + (step % 6));
}
