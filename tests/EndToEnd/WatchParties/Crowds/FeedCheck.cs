namespace AkkaParty.EndToEnd.WatchParties.Crowds;

/// <summary>
/// Everybody was told of everything, once, in order and in the same words: all that a dialect tells but, among rooms, what they did
/// themselves. And those in the dialect that tells all were told of what the journal holds.
/// </summary>
/// <param name="crowd">Who.</param>
/// <param name="journal">What happened.</param>
/// <param name="end">The number of the last event that all were told of.</param>
internal sealed class FeedCheck(IReadOnlyList<WatchFollower> crowd, IReadOnlyList<PartyEvent> journal, long end)
{
    private const int LinesMax = 5;

    // Of what happens in these runs.
    private static readonly HashSet<string> Shown =
    [
        "playback-moved", "skip-vote-changed", "media-item-added", "media-item-moved", "message-sent", "co-host-changed",
        "participant-connected", "participant-disconnected",
    ];

    private readonly long _begin = crowd.Max(follower => follower.Story.Begin) + 1;

    /// <summary>Checks everything.</summary>
    public void Run()
    {
        (end - _begin).ShouldBeGreaterThan(crowd.Count, "they were told of something together");
        Told(isRoom: false).Keys.AsEnumerable().ShouldBe(
            journal.Where(e => Shown.Contains(e.Kind) && e.Seq >= _begin && e.Seq <= end).Select(e => e.Seq),
            "what is told is what the journal holds");
        foreach (var isRoom in (bool[])[false, true])
        {
            var all = Told(isRoom);
            foreach (var follower in crowd.Where(f => f.Member.IsRoom == isRoom))
            {
                ToldTheSame(follower, all);
            }
        }
    }

    private SortedDictionary<long, WatchFrame> Told(bool isRoom)
    {
        var all = new SortedDictionary<long, WatchFrame>();
        foreach (var frame in crowd.Where(f => f.Member.IsRoom == isRoom).SelectMany(f => f.Story.Told))
        {
            if (frame.Seq >= _begin && frame.Seq <= end)
            {
                all.TryAdd(frame.Seq.Value, frame);
            }
        }

        return all;
    }

    // A story itself makes sure that each event is told once and in order.
    private void ToldTheSame(WatchFollower follower, SortedDictionary<long, WatchFrame> all)
    {
        var own = follower.Story.Told.Where(f => f.Seq >= _begin && f.Seq <= end).ToDictionary(f => f.Seq!.Value, f => f.Raw);
        var missing = all.Where(f => !own.ContainsKey(f.Key) && !IsSpared(f.Value, follower.Member)).Select(f => f.Value).ToList();
        Nothing(missing, $"{follower.Story.Owner} was not told of {missing.Count} events");
        var other = own.Where(f => all[f.Key].Raw != f.Value).Select(f => new WatchFrame(f.Value)).ToList();
        Nothing(other, $"{follower.Story.Owner} was told something else of {other.Count} events");
    }

    // Rooms tell what somebody did to everybody else, and nobody of their own coming and going.
    private static bool IsSpared(WatchFrame frame, WatchMember member) =>
        member.IsRoom && frame.Is("sync") && frame.Text("user_id") == member.UserId;

    private static void Nothing(List<WatchFrame> frames, string what)
    {
        if (frames.Count > 0)
        {
            Assert.Fail($"{what}: {string.Join(Environment.NewLine, frames.Take(LinesMax))}");
        }
    }
}
