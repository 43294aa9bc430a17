using AkkaParty.Chaos.Faults;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Checking;

/// <summary>How long parties and rooms did not answer.</summary>
internal static class Pauses
{
    /// <summary>
    /// For each fault the longest pause of each party and room: of all its commands that were open while the fault lasted, the longest time
    /// from the first attempt to the answer, with whatever the client took to find another node. What the next fault delays is not counted
    /// here.
    /// </summary>
    /// <returns>For each fault, milliseconds, one for each party and room, sorted.</returns>
    public static IReadOnlyList<IReadOnlyList<double>> Of(IReadOnlyList<Happening> histories, IReadOnlyList<FaultRecord> faults)
    {
        var acks = histories.OfType<Acknowledged>().ToDictionary(a => (a.Entity, a.Person, a.Number), a => a.At);
        var spans = histories.OfType<Called>()
            .Where(c => acks.ContainsKey((c.Entity, c.Person, c.Number)))
            .Select(c => (c.Entity, From: c.At, To: acks[(c.Entity, c.Person, c.Number)]))
            .ToList();
        return [.. faults.Select(fault => spans
            .Where(span => span.To >= fault.InjectedAt && span.From <= fault.ServedAt)
            .GroupBy(span => span.Entity)
            .Select(entity => entity.Max(span => Pace.Milliseconds(span.From, Math.Min(span.To, fault.ServedAt))))
            .Order()
            .ToList())];
    }
}
