using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms.Crowds;

/// <summary>
/// What one follower of a room was told, over all its connections: each event once, in order. Anything else fails whoever waits.
/// </summary>
internal sealed class Story(string owner, Action<RoomPicture, RoomFrame> draw)
{
    private readonly Pulse _pulse = new();
    private readonly List<RoomFrame> _told = [];
    private readonly RoomPicture _picture = new();
    private string? _broken;
    private long? _seq;

    /// <summary>Whose it is.</summary>
    public string Owner => owner;

    /// <summary>Everything that tells of an event.</summary>
    public IReadOnlyList<RoomFrame> Told => _pulse.Read(() => _told.ToArray());

    /// <summary>The number of the event from which to go on; null before anything was told.</summary>
    public long? Seq => _pulse.Read(() => _seq);

    /// <summary>Reads the picture that the story draws.</summary>
    public T Picture<T>(Func<RoomPicture, T> read) => _pulse.Read(() => read(_picture));

    /// <summary>Begins it: what comes next has a higher number.</summary>
    public void Begin(long seq) => _pulse.Change(() => _seq ??= seq);

    /// <summary>Takes what tells of an event.</summary>
    public void Take(RoomFrame frame) => _pulse.Change(() =>
    {
        var seq = frame.Seq!.Value;
        if (seq <= _seq)
        {
            _broken ??= $"{owner} was told of event {seq} after event {_seq}: {frame}";
            return;
        }

        _seq = seq;
        _told.Add(frame);
        draw(_picture, frame);
    });

    /// <summary>Notes that it cannot go on.</summary>
    public void Break(string why) => _pulse.Change(() => _broken ??= why);

    /// <summary>Waits until the picture looks as wanted.</summary>
    public Task UntilAsync(string what, Func<RoomPicture, bool> fits) => UntilAsync(what, () => fits(_picture), Patience.Process);

    /// <summary>Waits until it has come to an event.</summary>
    public Task UntilAsync(long seq) => UntilAsync($"event {seq}", () => _seq >= seq, Patience.Process);

    private async Task UntilAsync(string what, Func<bool> fits, TimeSpan patience) => await _pulse.UntilAsync(
        () => _broken is { } broken ? throw new InvalidOperationException(broken) : fits() ? this : null,
        $"{what} in the story of {owner}",
        () => $"It is at {_seq}. The last it was told: {_told.LastOrDefault()}",
        patience);
}
