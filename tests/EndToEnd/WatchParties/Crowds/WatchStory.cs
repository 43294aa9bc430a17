using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.WatchParties.Crowds;

/// <summary>
/// What one client of a watch party was told, over all its connections: each event once, in order. Anything else fails whoever waits.
/// </summary>
internal sealed class WatchStory(string owner)
{
    // What answers the client itself, shows the party as a whole or passes: none of it tells of an event.
    private static readonly HashSet<string> NoEvents =
        ["ack", "error", "pong", "clock", "messages", "state", "participants", "reaction", "typing"];

    private readonly Pulse _pulse = new();
    private readonly List<WatchFrame> _told = [];
    private readonly WatchPicture _picture = new();
    private string? _trouble;
    private string? _broken;
    private long? _begin;
    private long? _seq;

    /// <summary>Whose it is.</summary>
    public string Owner => owner;

    /// <summary>Everything that tells of an event.</summary>
    public IReadOnlyList<WatchFrame> Told => _pulse.Read(() => _told.ToArray());

    /// <summary>The number up to which the first connection showed the party.</summary>
    public long Begin => _pulse.Read(() => _begin ?? throw new InvalidOperationException($"The story of {owner} has not begun."));

    /// <summary>The number of the event from which to go on; null before anything was told.</summary>
    public long? Seq => _pulse.Read(() => _seq);

    /// <summary>Reads the picture that the story draws.</summary>
    public T Picture<T>(Func<WatchPicture, T> read) => _pulse.Read(() => read(_picture));

    /// <summary>Changes the picture by what the client knows itself.</summary>
    public void Draw(Action<WatchPicture> draw) => _pulse.Change(() => draw(_picture));

    /// <summary>Takes a frame.</summary>
    public void Take(WatchFrame frame) => _pulse.Change(() =>
    {
        if (frame.IsFirst)
        {
            TakeFirst(frame);
        }
        else if (!IsAnswer(frame))
        {
            TakeEvent(frame);
        }

        _picture.Take(frame);
    });

    /// <summary>Notes why a connection failed, for messages.</summary>
    public void Note(string trouble) => _pulse.Change(() => _trouble = trouble);

    /// <summary>Notes that it cannot go on.</summary>
    public void Break(string why) => _pulse.Change(() => _broken ??= why);

    /// <summary>Waits until the picture looks as wanted.</summary>
    public Task UntilAsync(string what, Func<WatchPicture, bool> fits) => WaitAsync(what, () => fits(_picture));

    /// <summary>Waits until it has come to an event.</summary>
    public Task UntilAsync(long seq) => WaitAsync($"event {seq}", () => _seq >= seq);

    // Without an action it is the answer to a client that asks where the party is; in the other dialect a sync always has one.
    private static bool IsAnswer(WatchFrame frame) =>
        NoEvents.Contains(frame.Type) || (frame.Is("sync") && frame.Member("action") is null);

    private void TakeFirst(WatchFrame frame)
    {
        if (_seq is not null && frame.Member("resumed")?.GetBoolean() != true)
        {
            _broken ??= $"{owner} cannot go on from event {_seq}: {frame}";
        }

        _begin ??= frame.Seq;
        _seq ??= frame.Seq;
    }

    private void TakeEvent(WatchFrame frame)
    {
        if (frame.Seq is not { } seq || seq <= _seq)
        {
            _broken ??= $"{owner} was told after event {_seq}: {frame}";
            return;
        }

        _seq = seq;
        _told.Add(frame);
    }

    private async Task WaitAsync(string what, Func<bool> fits) => await _pulse.UntilAsync(
        () => _broken is { } broken ? throw new InvalidOperationException(broken) : fits() ? this : null,
        $"{what} in the story of {owner}",
        () => $"It is at {_seq}. The last it was told: {_told.LastOrDefault()}. The last trouble: {_trouble}",
        Patience.Process);
}
