using System.Globalization;
using System.Text;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Runtime.TestKit.Journal;

internal enum JournalStepKind
{
    Commit,
    ReadEntity,
    ReadEntry,
    ReadAll,
    ReadWakeups,
    Reopen,
}

/// <summary>One entity's part of a generated commit.</summary>
internal sealed record JournalStepPart(int Entity, int HeadError, int Count, int? DueMinutes, bool KeepAlive, bool Reuse);

/// <summary>One generated operation.</summary>
internal sealed record JournalStep(JournalStepKind Kind, JournalStepPart[] Parts, int Entity, int Number)
{
    public override string ToString() => $"{Kind} {Entity} {Number} [{string.Join("; ", Parts.Select(part => part.ToString()))}]";
}

/// <summary>Generates and shrinks operation sequences.</summary>
internal static class JournalSteps
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Ids = ["a", "b", "ü", "🎬", "e"];

    private static Gen<JournalStepPart> Part =>
        from entity in Gen.Choose(0, Ids.Length - 1)
        from headError in Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(-1)))
        from count in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Constant(1)), (2, Gen.Choose(2, 5)))
        from due in Gen.Choose(-5, 10)
        from keepAlive in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from reuse in Gen.Elements(true, false)
        select new JournalStepPart(entity, headError, count, due < 0 ? null : due, keepAlive, reuse);

    private static Gen<JournalStep> Step =>
        from kind in Gen.Frequency(
            (8, Gen.Constant(JournalStepKind.Commit)),
            (2, Gen.Constant(JournalStepKind.ReadEntity)),
            (1, Gen.Constant(JournalStepKind.ReadEntry)),
            (1, Gen.Constant(JournalStepKind.ReadAll)),
            (1, Gen.Constant(JournalStepKind.ReadWakeups)),
            (1, Gen.Constant(JournalStepKind.Reopen)))
        from partCount in Gen.Choose(1, 5)
        from parts in Part.ArrayOf(partCount)
        from entity in Gen.Choose(0, Ids.Length - 1)
        from number in Gen.Choose(0, 12)
        select new JournalStep(kind, parts, entity, number);

    public static Gen<JournalStep[]> Sequence =>
        from length in Gen.Choose(1, 60)
        from steps in Step.ArrayOf(length)
        select steps;

    public static IEnumerable<JournalStep[]> Shrink(JournalStep[] steps) =>
        Enumerable.Range(0, steps.Length).Select(i => steps.Where((_, index) => index != i).ToArray());

    public static EntityAddress Address(int entity) => new(entity == 4 ? "room" : "party", Ids[entity]);

    public static JournalEntry Entry(long seq, int step, bool last)
    {
        var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"step {step} event {seq}"));
        var at = Start.AddMilliseconds(step);
        return last && step % 2 == 0
            ? new JournalEntry(
                seq, $"test.m{step % 3}.v1", payload, at, new CommandId(Guid.Empty, step + 1), $"reply.m{step % 5}.v1", payload)
            : new JournalEntry(seq, $"test.m{step % 3}.v1", payload, at);
    }
}
