using System.Globalization;

namespace AkkaParty.EndToEnd.WatchParties.Crowds;

/// <summary>
/// One of a crowd: plays, pauses, seeks, talks, votes and changes the playlist without pause, loses the connection now and then, and gives
/// each command until it is acknowledged or refused for good.
/// </summary>
internal sealed class WatchUser : IAsyncDisposable
{
    /// <summary>The items of the crowd's parties are longer than anybody seeks.</summary>
    public const long ItemMs = 7_200_000;

    private const int MessagesMax = 2;

    // What may be refused when many do it at once: another seek was meant later, what played plays no longer, the vote of somebody whose
    // connection is not noticed yet.
    private static readonly string[] Refusals = ["seek_superseded", "skip_vote_stale", "skip_vote_not_connected"];

    private readonly int _number;
    private readonly Random _random;
    private readonly Action _acknowledged;
    private int _said;
    private int _times;

    /// <summary>Makes one.</summary>
    /// <param name="member">Who.</param>
    /// <param name="number">Their number in the crowd.</param>
    /// <param name="seed">Decides what they do.</param>
    /// <param name="acknowledged">Called after each acknowledgement.</param>
    public WatchUser(WatchMember member, int number, int seed, Action acknowledged)
    {
        (_number, _random, _acknowledged) = (number, new Random(seed), acknowledged);
        Follower = new WatchFollower(member);
    }

    /// <summary>Who it is.</summary>
    public string UserId => Follower.Member.UserId;

    /// <summary>The socket.</summary>
    public WatchFollower Follower { get; }

    /// <summary>What was acknowledged, in order.</summary>
    public List<Deed> Deeds { get; } = [];

    /// <summary>How many commands were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Does something, and perhaps loses the connection before the answer.</summary>
    public async Task DoSomethingAsync()
    {
        _times++;
        var deed = DoAsync();
        if (_random.Next(12) == 0)
        {
            Follower.Cut();
        }

        await deed;
        _acknowledged();
        await Rooms.Crowds.Follower.BackOffAsync();
    }

    /// <summary>Says something.</summary>
    /// <returns>The number of the event.</returns>
    public async Task<long> SayAsync(string text)
    {
        var answer = await GiveAsync("chat", text, ("message", text));
        var messageId = long.Parse(answer!.Text("message_id")!, CultureInfo.InvariantCulture);
        Follower.Story.Draw(picture => picture.Say(messageId, UserId, text));
        return answer.Seq!.Value;
    }

    public ValueTask DisposeAsync() => Follower.DisposeAsync();

    private Task DoAsync()
    {
        var items = Follower.Story.Picture(picture => picture.ItemIds);
        return _random.Next(10) switch
        {
            0 or 1 => GiveAsync("play", string.Empty),
            2 or 3 => GiveAsync("pause", string.Empty),
            4 when Follower.Story.Picture(picture => picture.Current) is { } current => GiveAsync(
                "vote_skip", current, ("item_id", current), ("skip", true)),
            5 when _said++ < MessagesMax => SayAsync(Unique("Message")),
            6 => AddAsync(Unique("Film")),
            7 => MoveAsync(items[_random.Next(items.Count)], _random.Next(items.Count)),
            _ => SeekAsync((_number * 100_000) + (_times * 1_000) + _random.Next(1_000)),
        };
    }

    private Task<WatchFrame?> SeekAsync(long positionMs) => GiveAsync("seek", Text(positionMs), ("position_ms", positionMs));

    private Task<WatchFrame?> MoveAsync(string itemId, int place) =>
        GiveAsync("playlist_move", $"{itemId} {Text(place)}", ("item_id", itemId), ("place", place));

    private async Task AddAsync(string title)
    {
        var item = new { title, url = "https://films.example/film.mp4", duration_ms = ItemMs };
        var answer = await GiveAsync("playlist_add", title, ("item", item));
        var added = Deeds[^1];
        Deeds[^1] = added with { Detail = $"{answer!.Text("item_id")} {title}" };
    }

    private async Task<WatchFrame?> GiveAsync(string kind, string detail, params (string Name, object Value)[] members)
    {
        var (id, answer) = await Follower.DoAsync(kind, members.ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal));
        if (answer.Is("ack"))
        {
            Deeds.Add(new Deed(UserId, id, kind, detail, answer.Seq!.Value));
            return answer;
        }

        answer.Text("code").ShouldBeOneOf(Refusals, $"{Follower.Story.Owner} asked for {kind} and was told: {answer}");
        Refused++;
        return null;
    }

    private string Unique(string word) => string.Create(CultureInfo.InvariantCulture, $"{word} {_times} of {_number}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
