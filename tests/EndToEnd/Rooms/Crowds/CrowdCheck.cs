using System.Globalization;
using System.Text.Json;

namespace AkkaParty.EndToEnd.Rooms.Crowds;

/// <summary>After the work of a crowd: what everybody was told, what REST shows and what was acknowledged are one and the same.</summary>
internal sealed class CrowdCheck(Crowd crowd, long end)
{
    private const int LinesMax = 10;
    private static readonly string[] OwnComings = ["user_joined", "user_left"];

    /// <summary>Checks everything.</summary>
    public async Task RunAsync()
    {
        var told = EverythingTold();
        SocketsWereToldTheSame(told);
        StreamsWereToldTheSame(told);
        AcknowledgedEventsWereTold(told);
        await RestShowsWhatWasAcknowledgedAsync();
        EverybodyPicturesTheSame();
    }

    /// <summary>Every event that any socket was told of.</summary>
    private SortedDictionary<long, RoomFrame> EverythingTold()
    {
        var all = new SortedDictionary<long, RoomFrame>();
        foreach (var frame in crowd.Sockets.SelectMany(s => s.Told).Where(f => f.Seq <= end))
        {
            all.TryAdd(frame.Seq!.Value, frame);
        }

        return all;
    }

    // A story itself makes sure that each event is told once and in order; here, that all were told of the same ones with the same words.
    private void SocketsWereToldTheSame(SortedDictionary<long, RoomFrame> told)
    {
        var begin = crowd.Sockets.Max(s => s.Told[0].Seq!.Value);
        told.Keys.Where(seq => seq >= begin).ShouldBe(
            Enumerable.Range(0, (int)(end - begin + 1)).Select(i => begin + i), "between them they were told of every event there was");
        foreach (var user in crowd.Users)
        {
            var own = user.Follower.Story.Told.Where(f => f.Seq <= end).ToDictionary(f => f.Seq!.Value);
            var expected = told.Values.Where(f => f.Seq >= begin && (own.ContainsKey(f.Seq!.Value) || !IsOwnComing(f, user.UserId)));
            Same(
                [.. expected.Select(f => f.Raw)], [.. own.Values.Where(f => f.Seq >= begin).Select(f => f.Raw)],
                $"the socket of {user.UserId}");
        }
    }

    private void StreamsWereToldTheSame(SortedDictionary<long, RoomFrame> told)
    {
        foreach (var stream in crowd.Streams)
        {
            var events = stream.Story.Told.Where(e => e.Seq <= end).ToList();
            var expected = told.Values.Where(f => f.Is("vote_update") || f.Is("queue_update")).Select(f => Of(f, stream.Kind));
            var actual = events.Where(e => !e.Is("room_change")).Select(e => At(e, e.Type));
            Same([.. expected.OfType<string>()], [.. actual], stream.Story.Owner);
        }
    }

    private void AcknowledgedEventsWereTold(SortedDictionary<long, RoomFrame> told)
    {
        foreach (var user in crowd.Users)
        {
            user.Acknowledged.Select(a => a.Seq).ShouldBe(
                user.Acknowledged.Select(a => a.Seq).Distinct().Order(), "each vote is an event of its own, in the order of the votes");
            foreach (var (seq, itemId, vote) in user.Acknowledged)
            {
                var frame = told[seq];
                (frame.Type, frame.Text("item_id"), frame.Text("user_id"), frame.Json.GetProperty("vote").GetString())
                    .ShouldBe(("vote_update", itemId, user.UserId, vote), "the acknowledged number is that of the vote's event");
            }
        }
    }

    private async Task RestShowsWhatWasAcknowledgedAsync()
    {
        for (var node = 0; node < 3; node++)
        {
            crowd.Reader.Node = node;
            var queue = await crowd.Reader.GetAsync($"/api/queue/room/{crowd.Reader.RoomId}?limit=1000");
            var items = queue.EnumerateArray().ToList();
            items.Select(i => i.GetProperty("title").GetString()!.ToUpperInvariant()).Order(StringComparer.Ordinal).ShouldBe(
                crowd.Users.SelectMany(u => u.Titles).Select(t => t.ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal),
                "every film is in the queue once");
            var best = items.OrderByDescending(i => RoomPicture.Counts(i).Score)
                .ThenBy(i => i.GetProperty("added_at").GetString(), StringComparer.Ordinal);
            items.Select(IdOf).ShouldBe(best.Select(IdOf), "best first, of equal ones the oldest");
            foreach (var item in items)
            {
                RoomPicture.Counts(item).ShouldBe(Recount(IdOf(item)), $"the counts of {item} are the recount of acknowledged votes");
            }
        }

        var lines = new List<string>();
        foreach (var itemId in crowd.Sockets.First().Picture(p => p.Items.Keys.ToList()))
        {
            var votes = await crowd.Reader.GetAsync($"/api/votes/item/{itemId}");
            lines.AddRange(votes.EnumerateArray().Select(
                v => $"{itemId} {v.GetProperty("user_id").GetString()} {v.GetProperty("vote").GetString()}"));
        }

        Same(AcknowledgedVotes(), [.. lines.Order(StringComparer.Ordinal)], "REST");
    }

    private void EverybodyPicturesTheSame()
    {
        var acknowledged = AcknowledgedVotes();
        var counts = crowd.Sockets.First().Picture(p => p.CountLines());
        foreach (var story in crowd.Sockets)
        {
            Same(acknowledged, story.Picture(p => p.VoteLines()), story.Owner);
            Same(counts, story.Picture(p => p.CountLines()), story.Owner);
        }

        foreach (var stream in crowd.Streams)
        {
            if (stream.Kind != "queue")
            {
                Same(acknowledged, stream.Story.Picture(p => p.VoteLines()), stream.Story.Owner);
            }

            if (stream.Kind != "votes")
            {
                Same(counts, stream.Story.Picture(p => p.CountLines()), stream.Story.Owner);
            }
        }

        foreach (var (id, item) in crowd.Sockets.First().Picture(p => p.Items.ToList()))
        {
            item.Counts.ShouldBe(Recount(id), "the counts that were told last are the recount of acknowledged votes");
        }
    }

    private List<string> AcknowledgedVotes() =>
        [.. crowd.Users.SelectMany(u => u.Votes.Select(v => $"{v.Key} {u.UserId} {v.Value}")).Order(StringComparer.Ordinal)];

    private (int Up, int Down, int Score) Recount(string itemId)
    {
        var votes = crowd.Users.Select(u => u.Votes.GetValueOrDefault(itemId)).ToList();
        var (up, down) = (votes.Count(v => v == "up"), votes.Count(v => v == "down"));
        return (up, down, up - down);
    }

    // What a stream must tell of an event that a socket was told of; null when it tells nothing.
    private static string? Of(RoomFrame frame, string kind) => (kind, frame.Type) switch
    {
        ("votes", "queue_update") => null,
        ("queue", _) => At(frame, "queue_change"),
        (_, "vote_update") => At(frame, "vote_change"),
        _ => At(frame, "queue_change"),
    };

    private static string At(RoomFrame frame, string type) => string.Create(CultureInfo.InvariantCulture, $"{frame.Seq} {type}");

    private static bool IsOwnComing(RoomFrame frame, string userId) => OwnComings.Any(type => frame.Is(type, "user_id", userId));

    private static string IdOf(JsonElement item) => item.GetProperty("_id").GetString()!;

    // Thousands of lines: says where they differ first.
    private static void Same(IReadOnlyList<string> expected, IReadOnlyList<string> actual, string who)
    {
        var first = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        if (first < Math.Max(expected.Count, actual.Count))
        {
            Assert.Fail(
                $"{who} differs from line {first} of {expected.Count}, having {actual.Count}. Expected:{Environment.NewLine}"
                + $"{Some(expected, first)}{Environment.NewLine}but it was:{Environment.NewLine}{Some(actual, first)}");
        }
    }

    private static string Some(IReadOnlyList<string> lines, int from) => string.Join(Environment.NewLine, lines.Skip(from).Take(LinesMax));
}
