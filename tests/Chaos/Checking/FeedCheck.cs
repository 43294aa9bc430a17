using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Checking;

/// <summary>Whether everybody's feed was complete, in order and true.</summary>
internal static class FeedCheck
{
    /// <summary>Looks at all feeds of an entity.</summary>
    public static IEnumerable<(Breach Breach, string Text)> Check(List<Happening> happenings, Story story)
    {
        foreach (var connection in happenings.Where(IsOfFeed).GroupBy(h => (h.Person, Connection(h))))
        {
            foreach (var finding in CheckConnection(connection, story))
            {
                yield return finding;
            }
        }

        foreach (var finding in happenings.GroupBy(h => h.Person).SelectMany(person => CheckResumes(person, story)))
        {
            yield return finding;
        }

        var hashes = new Dictionary<(string Feed, long Seq), string>();
        foreach (var shown in happenings.OfType<Shown>())
        {
            if (story.Mistake(shown.Sight) is { } mistake)
            {
                yield return (Breach.WrongSight, $"{shown.Person} on connection {shown.Connection}: {mistake}");
            }

            var place = (shown.Sight.Feed, shown.Sight.Seq);
            if (!hashes.TryAdd(place, shown.Sight.Hash) && hashes[place] != shown.Sight.Hash)
            {
                yield return (Breach.WrongSight, $"{shown.Person} was shown another {shown.Sight.Seq} than somebody else was");
            }
        }

        foreach (var finding in CheckEnds(happenings))
        {
            yield return finding;
        }
    }

    private static bool IsOfFeed(Happening happening) => happening is Opened or Began or Shown or Told;

    private static int Connection(Happening happening) => happening switch
    {
        Opened h => h.Connection,
        Began h => h.Connection,
        Shown h => h.Connection,
        Told h => h.Connection,
        _ => throw new ArgumentOutOfRangeException(nameof(happening)),
    };

    private static IEnumerable<(Breach Breach, string Text)> CheckConnection(IEnumerable<Happening> connection, Story story)
    {
        var (seq, feed) = (0L, string.Empty);
        foreach (var happening in connection)
        {
            switch (happening)
            {
                case Opened opened:
                    (seq, feed) = (opened.Since, opened.Feed);
                    break;
                case Began began when seq > 0 && story.LastDue(began.Person, feed, began.Seq) > seq:
                    yield return (Breach.FeedGap, $"{began}, but {seq} was asked for");
                    seq = began.Seq;
                    break;
                case Began began:
                    seq = Math.Max(seq, began.Seq);
                    break;
                case Shown shown when shown.Sight.Seq <= seq:
                    yield return (Breach.FeedWentBack, $"{shown} came after {seq}");
                    break;
                case Shown shown when !story.ShowsStates && story.LastDue(shown.Person, feed, shown.Sight.Seq - 1) > seq:
                    yield return (Breach.FeedGap, $"{shown} came after {seq}");
                    seq = shown.Sight.Seq;
                    break;
                case Shown shown:
                    seq = shown.Sight.Seq;
                    break;
                case Told told when story.LastDue(told.Person, feed, told.Seq) > seq:
                    yield return (Breach.FeedBehind, $"{told} came when the feed was at {seq}");
                    break;
            }
        }
    }

    // Whoever resumes from beyond what they were shown would never miss what lies between.
    private static IEnumerable<(Breach Breach, string Text)> CheckResumes(IEnumerable<Happening> person, Story story)
    {
        var seq = 0L;
        foreach (var happening in person)
        {
            switch (happening)
            {
                case Opened { Since: > 0 } opened when !story.ShowsStates && story.LastDue(opened.Person, opened.Feed, opened.Since) > seq:
                    yield return (Breach.FeedGap, $"{opened} goes on from there after {seq}");
                    break;
                case Began began:
                    seq = Math.Max(seq, began.Seq);
                    break;
                case Shown shown:
                    seq = Math.Max(seq, shown.Sight.Seq);
                    break;
            }
        }
    }

    private static IEnumerable<(Breach Breach, string Text)> CheckEnds(List<Happening> happenings)
    {
        var last = happenings.OfType<Acknowledged>().Select(ack => ack.Seq).DefaultIfEmpty().Max();
        foreach (var person in happenings.GroupBy(h => h.Person))
        {
            var shown = person.OfType<Shown>().Select(s => s.Sight.Seq).DefaultIfEmpty().Max();
            if (person.OfType<Finished>().FirstOrDefault() is not { } finished)
            {
                yield return (Breach.FeedIncomplete, $"{person.Key} never came to an end");
            }
            else if (shown < Math.Max(finished.Seq, last))
            {
                yield return (Breach.FeedIncomplete, $"{person.Key} was shown {shown} at last, not {Math.Max(finished.Seq, last)}");
            }
        }
    }
}
