namespace AkkaParty.EndToEnd.WatchParties.Crowds;

/// <summary>
/// What was acknowledged is in the journal, once, and nothing else is. A command's last event bears the command's own number, so each of
/// them is claimed by exactly one acknowledgement.
/// </summary>
internal sealed class JournalCheck(IReadOnlyList<PartyEvent> journal, IReadOnlyList<Deed> deeds)
{
    // What people do over sockets; everything else is the party's own or came over REST.
    private static readonly HashSet<string> OfPeople =
        ["playback-moved", "skip-vote-changed", "media-item-added", "media-item-moved", "message-sent"];

    // What changes nothing when it is so already is acknowledged all the same.
    private static readonly HashSet<string> MayChangeNothing = ["play", "pause", "vote_skip", "playlist_move"];

    /// <summary>Checks everything.</summary>
    public void Run()
    {
        journal.Select(e => e.Seq).ShouldBe(Enumerable.Range(1, journal.Count).Select(i => (long)i), "the journal has no gaps");
        var claimed = new HashSet<long>();
        var idle = 0;
        foreach (var deed in deeds)
        {
            if (Describes(At(deed.Seq), deed))
            {
                claimed.Add(deed.Seq).ShouldBeTrue($"{deed} was acknowledged with the event of another command");
            }
            else
            {
                ChangedNothing(deed);
                idle++;
            }
        }

        (claimed.Count + idle).ShouldBe(deeds.Count);
        var given = journal.Where(e => e.Command is not null && OfPeople.Contains(e.Kind)).ToList();
        given.Where(e => !claimed.Contains(e.Seq)).ShouldBeEmpty("nothing is there that was not acknowledged");
        given.Select(e => (e.Session, e.Command)).Distinct().Count().ShouldBe(given.Count, "no command was carried out twice");
        foreach (var alone in journal.Where(e => e.Command is null && OfPeople.Contains(e.Kind)))
        {
            // A vote that was enough is followed by what it led to; one that is taken back by itself is that of somebody who is gone.
            var isPart = alone.Kind == "skip-vote-changed" && (alone.Text("skip") == "False" || At(alone.Seq + 1).Command is not null);
            (isPart || (alone.Kind == "playback-moved" && alone.Text("by") is null))
                .ShouldBeTrue($"{alone} is nobody's command and not the party's own");
        }
    }

    private PartyEvent At(long seq) => journal[(int)(seq - 1)];

    private bool Describes(PartyEvent last, Deed deed)
    {
        if (last.Command != deed.Id)
        {
            return false;
        }

        var enough = deed.Kind == "vote_skip" && last.Kind == "playback-moved";
        var e = enough ? At(last.Seq - 1) : last;
        var found = (e.Kind, e.Text("action")) switch
        {
            ("playback-moved", "play" or "pause") => $"{e.Text("action")} {e.Text("by", "member_id")} ",
            ("playback-moved", "seek") => $"seek {e.Text("by", "member_id")} {e.Text("playback", "position_ms")}",
            ("skip-vote-changed", _) => $"vote_skip {e.Text("member_id")} {e.Text("votes", "item_id")}",
            ("media-item-added", _) => $"playlist_add {e.Text("by")} {e.Text("item", "item_id")} {e.Text("item", "title")}",
            ("media-item-moved", _) => $"playlist_move {e.Text("by")} {e.Text("item_id")} {e.Text("place")}",
            ("message-sent", _) => $"chat {e.Text("message", "member_id")} {e.Text("message", "text")}",
            _ => string.Empty,
        };
        return found == $"{deed.Kind} {deed.UserId} {deed.Detail}";
    }

    // Then it was so when it was decided: just after the event with the number of its acknowledgement.
    private void ChangedNothing(Deed deed)
    {
        MayChangeNothing.ShouldContain(deed.Kind, $"{deed} was acknowledged, but there is {At(deed.Seq)}");
        journal.Where(e => e.Command == deed.Id && Describes(e, deed)).ShouldBeEmpty($"{deed} was acknowledged with another number");
        if (deed.Kind is "play" or "pause")
        {
            var playing = journal.Take((int)deed.Seq).LastOrDefault(e => e.Kind == "playback-moved")?.Text("playback", "playing");
            (playing ?? "False").ShouldBe(deed.Kind == "play" ? "True" : "False", $"{deed} changed nothing, but there was something to do");
        }
    }
}
