using System.Globalization;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Checking;

/// <summary>
/// Compares what clients did and saw with the raw journal: nothing acknowledged is lost, nothing is carried out twice, later commands come
/// later, every feed is complete and in order and shows what the journal says, and no read is stale.
/// </summary>
internal static class Checker
{
    /// <summary>Compares.</summary>
    /// <param name="histories">All histories.</param>
    /// <param name="journal">All parties' and rooms' events.</param>
    public static CheckReport Check(IEnumerable<Happening> histories, IEnumerable<JournalEvent> journal)
    {
        var findings = new List<Finding>();
        var (parties, rooms) = (default(Figures), default(Figures));
        var events = journal.GroupBy(e => e.Entity).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var entity in histories.GroupBy(h => h.Entity))
        {
            var happenings = entity.OrderBy(h => h.At).ToList();
            var told = events.GetValueOrDefault(entity.Key) ?? [];
            var story = Story.Of(told);
            findings.AddRange(CheckEntity(happenings, story).Select(f => new Finding(f.Breach, entity.Key, f.Text)));
            var figures = Figures.Of(happenings, told.Count);
            (parties, rooms) = story is RoomStory ? (parties, rooms + figures) : (parties + figures, rooms);
        }

        return new CheckReport(parties, rooms, findings);
    }

    private static IEnumerable<(Breach Breach, string Text)> CheckEntity(List<Happening> happenings, Story story) =>
        story.Faults
            .Concat(CheckCommands(happenings, story))
            .Concat(CheckOrder(happenings, story))
            .Concat(FeedCheck.Check(happenings, story))
            .Concat(CheckReads(happenings, story));

    private static IEnumerable<(Breach Breach, string Text)> CheckCommands(List<Happening> happenings, Story story)
    {
        var acks = happenings.OfType<Acknowledged>().ToDictionary(a => (a.Person, a.Number));
        var given = new HashSet<(string, CommandKind, string)>();
        foreach (var command in happenings.OfType<Called>())
        {
            given.Add((command.Person, command.Kind, command.Value));
            var at = story.At(command);
            if (at.Count > 1)
            {
                yield return (Breach.Doubled, $"{command} is at {string.Join(" and ", at)}");
            }

            if (!acks.TryGetValue((command.Person, command.Number), out var ack))
            {
                continue;
            }

            if (at.Count == 0)
            {
                yield return (Breach.Lost, $"{command} was acknowledged at {ack.Seq}");
            }
            else if (at[0] > ack.Seq)
            {
                yield return (Breach.Lost, $"{command} was acknowledged at {ack.Seq}, before it was carried out at {at[0]}");
            }
        }

        foreach (var (command, at) in story.CarriedOut.Where(c => !given.Contains(c.Key)))
        {
            yield return (Breach.Invented, $"{command} is at {string.Join(" and ", at)}");
        }

        foreach (var refusal in happenings.OfType<Refused>())
        {
            yield return (Breach.Refused, refusal.ToString());
        }
    }

    // What was acknowledged before another command was given comes before it, whoever gave the two.
    private static IEnumerable<(Breach Breach, string Text)> CheckOrder(List<Happening> happenings, Story story)
    {
        var calls = happenings.OfType<Called>().ToDictionary(c => (c.Person, c.Number));
        Called? latest = null;
        var latestSeq = 0L;
        foreach (var happening in happenings)
        {
            if (happening is Called call && story.At(call) is [var seq, ..] && seq < latestSeq)
            {
                yield return (Breach.Reordered, $"{call} is at {seq}, before {latest} at {latestSeq}");
            }
            else if (happening is Acknowledged ack && calls.TryGetValue((ack.Person, ack.Number), out var done)
                && story.At(done) is [var doneSeq, ..] && doneSeq > latestSeq)
            {
                (latest, latestSeq) = (done, doneSeq);
            }
        }
    }

    private static IEnumerable<(Breach Breach, string Text)> CheckReads(List<Happening> happenings, Story story)
    {
        var acknowledged = new List<(long At, long Seq)>();
        foreach (var ack in happenings.OfType<Acknowledged>())
        {
            acknowledged.Add((ack.At, Math.Max(ack.Seq, acknowledged.Count == 0 ? 0 : acknowledged[^1].Seq)));
        }

        foreach (var read in happenings.OfType<Read>())
        {
            var index = acknowledged.BinarySearch((read.Began, 0L));
            index = index < 0 ? ~index : index;
            var least = index == 0 ? 0 : acknowledged[index - 1].Seq;
            if (read.Sight.Seq < least)
            {
                yield return (Breach.StaleRead, string.Create(
                    CultureInfo.InvariantCulture, $"{read.Person} read {read.Sight.Seq} from {read.Node} after {least} was acknowledged"));
            }

            if (story.Mistake(read.Sight) is { } mistake)
            {
                yield return (Breach.WrongSight, $"{read.Person} read from {read.Node}: {mistake}");
            }
        }
    }
}
