using System.Buffers;
using AkkaParty.Runtime.Entities;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Runtime.Tests.Entities;

public sealed class SessionTableProperties
{
    private const int SessionsMax = 3;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    // (session, number, minutes since the step before): small ranges, so that everything happens often.
    private static readonly Arbitrary<(int Session, int Number, int Minutes)[]> Steps = Arb.From(
        (from session in Gen.Choose(0, 4)
         from number in Gen.Frequency((6, Gen.Choose(1, 20)), (3, Gen.Choose(50, 100)), (1, Gen.Choose(100, 400)))
         from minutes in Gen.Frequency((8, Gen.Constant(0)), (2, Gen.Choose(1, 12)))
         select (session, number, minutes)).ArrayOf(60));

    [Fact]
    public void Answers_as_a_naive_model_does() => ForAll(steps =>
    {
        var table = new SessionTable(SessionsMax, Lifetime);
        var model = new NaiveSessions(SessionsMax, Lifetime);
        Play(steps, (command, seq, at) =>
        {
            Same(table, model);
            if (table.Find(command).Standing == CommandStanding.New)
            {
                table.Record(command, seq, at);
                model.Record(command, seq, at);
            }
        });
        Same(table, model);
    });

    [Fact]
    public void A_snapshot_in_the_middle_changes_nothing() => ForAll(steps =>
    {
        var whole = new SessionTable(SessionsMax, Lifetime);
        var restored = new SessionTable(SessionsMax, Lifetime);
        Play(steps, (command, seq, at) =>
        {
            if (whole.Find(command).Standing == CommandStanding.New)
            {
                whole.Record(command, seq, at);
                restored.Record(command, seq, at);
                restored = Roundtrip(restored);
            }
        });
        Bytes(restored).ShouldBe(Bytes(whole));
    });

    [Fact]
    public void Is_the_same_after_a_replay_of_what_was_recorded() => ForAll(steps =>
    {
        var live = new SessionTable(SessionsMax, Lifetime);
        List<(CommandId Command, long Seq, DateTimeOffset At)> stored = [];
        Play(steps, (command, seq, at) =>
        {
            if (live.Find(command).Standing == CommandStanding.New)
            {
                live.Record(command, seq, at);
                stored.Add((command, seq, at));
            }
        });
        var replayed = new SessionTable(SessionsMax, Lifetime);
        stored.ForEach(entry => replayed.Record(entry.Command, entry.Seq, entry.At));
        Bytes(replayed).ShouldBe(Bytes(live));
    });

    [Fact]
    public void Finds_every_command_of_the_last_64_in_any_order_and_expires_the_65th()
    {
        var table = new SessionTable(10, Lifetime);
        for (var number = 2; number <= 64; number += 2)
        {
            table.Record(Id(0, number), number, Start);
        }

        for (var number = 63; number >= 1; number -= 2)
        {
            table.Find(Id(0, number)).Standing.ShouldBe(CommandStanding.New);
            table.Record(Id(0, number), number, Start);
        }

        Enumerable.Range(1, 64).Select(number => table.Find(Id(0, number)))
            .ShouldBe(Enumerable.Range(1, 64).Select(number => (CommandStanding.Done, (long)number)));
        table.Find(Id(0, 65)).Standing.ShouldBe(CommandStanding.New);
        table.Record(Id(0, 65), 65, Start);
        table.Find(Id(0, 1)).Standing.ShouldBe(CommandStanding.Expired);
        table.Find(Id(0, 2)).ShouldBe((CommandStanding.Done, 2L));
    }

    [Fact]
    public void Reads_its_bytes_from_the_front_and_returns_the_rest()
    {
        var table = new SessionTable(10, Lifetime);
        table.Record(Id(1, 5), 9, Start);
        byte[] stored = [.. Bytes(table), 7, 8];
        var read = new SessionTable(10, Lifetime);
        read.Decode(stored).ToArray().ShouldBe([7, 8]);
        read.Find(Id(1, 5)).ShouldBe((CommandStanding.Done, 9L));
    }

    private static void ForAll(Action<(int Session, int Number, int Minutes)[]> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Steps, holds));

    private static void Play((int Session, int Number, int Minutes)[] steps, Action<CommandId, long, DateTimeOffset> play)
    {
        var at = Start;
        var seq = 0L;
        foreach (var (session, number, minutes) in steps)
        {
            at = at.AddMinutes(minutes);
            play(Id(session, number), ++seq, at);
        }
    }

    private static void Same(SessionTable table, NaiveSessions model)
    {
        table.Count.ShouldBe(model.Count);
        for (var session = 0; session < 5; session++)
        {
            for (var number = 1; number <= 401; number += 3)
            {
                table.Find(Id(session, number)).ShouldBe(model.Find(Id(session, number)), $"session {session}, number {number}");
            }
        }
    }

    private static CommandId Id(int session, long number) => new(new Guid(session + 1, 0, 0, new byte[8]), number);

    private static byte[] Bytes(SessionTable table)
    {
        var output = new ArrayBufferWriter<byte>();
        table.Encode(output);
        return output.WrittenSpan.ToArray();
    }

    private static SessionTable Roundtrip(SessionTable table)
    {
        var read = new SessionTable(SessionsMax, Lifetime);
        read.Decode(Bytes(table)).Length.ShouldBe(0);
        return read;
    }

    /// <summary>Keeps everything in one list and looks through it.</summary>
    private sealed class NaiveSessions(int sessionsMax, TimeSpan lifetime)
    {
        private List<(CommandId Command, long Seq, DateTimeOffset At)> _done = [];

        public int Count => Sessions.Count;

        private List<Guid> Sessions => [.. _done.Select(d => d.Command.Session).Distinct()];

        public (CommandStanding Standing, long Seq) Find(CommandId command)
        {
            var session = _done.Where(d => d.Command.Session == command.Session).ToList();
            var highest = session.Count == 0 ? 0 : session.Max(d => d.Command.Number);
            if (session.Count > 0 && command.Number <= highest - 64)
            {
                return (CommandStanding.Expired, 0);
            }

            var index = session.FindIndex(d => d.Command.Number == command.Number);
            return index < 0 ? (CommandStanding.New, 0) : (CommandStanding.Done, session[index].Seq);
        }

        public void Record(CommandId command, long seq, DateTimeOffset at)
        {
            _done.Add((command, seq, at));
            foreach (var session in Sessions.Where(session => LastAt(session) + lifetime < at).ToList())
            {
                Forget(session);
            }

            while (Sessions.Count > sessionsMax)
            {
                Forget(Sessions.MinBy(session => _done.FindLastIndex(d => d.Command.Session == session)));
            }
        }

        private DateTimeOffset LastAt(Guid session) => _done.Where(d => d.Command.Session == session).Max(d => d.At);

        private void Forget(Guid session) => _done = _done.FindAll(d => d.Command.Session != session);
    }
}
