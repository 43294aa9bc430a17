using System.Text;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>Keeps everything a feed hands it, and lets a test wait for a frame or for the end.</summary>
public sealed class TestSubscriber(string? member = null) : IFeedSubscriber
{
    private readonly Lock _gate = new();
    private readonly List<FeedBatch> _batches = [];
    private readonly List<(Func<bool> Reached, TaskCompletionSource Found)> _waits = [];
    private FeedEnd? _ended;
    private int _deliveredAfterEnd;

    public string? Member { get; } = member;

    /// <summary>What it was opened with.</summary>
    public string? Credential { get; init; }

    /// <summary>Called with each batch before it is kept; may throw to play a broken subscriber.</summary>
    public Action<FeedBatch>? OnDeliver { get; init; }

    /// <summary>Called at the end; may throw to play a broken subscriber.</summary>
    public Action<FeedEnd>? OnEnd { get; init; }

    public IReadOnlyList<FeedBatch> Batches => Locked(() => _batches.ToArray());

    /// <summary>All frames as text, in order.</summary>
    public IReadOnlyList<string> Texts => Locked(() => _batches.SelectMany(b => b.Frames).Select(Text).ToArray());

    /// <summary>The sequence numbers of the event frames, in order.</summary>
    public IReadOnlyList<long> EventSeqs =>
        Locked(() => _batches.SelectMany(b => b.Frames).Where(f => f.Kind == FeedFrameKind.Event).Select(f => f.Seq).ToArray());

    public FeedEnd? Ended => Locked(() => _ended);

    /// <summary>How many times something came after the end; always 0 in a sound runtime.</summary>
    public int DeliveredAfterEnd => Volatile.Read(ref _deliveredAfterEnd);

    public void Deliver(FeedBatch batch)
    {
        OnDeliver?.Invoke(batch);
        Change(() =>
        {
            _deliveredAfterEnd += _ended is null ? 0 : 1;
            _batches.Add(batch);
        });
    }

    public void End(FeedEnd reason)
    {
        OnEnd?.Invoke(reason);
        Change(() =>
        {
            _deliveredAfterEnd += _ended is null ? 0 : 1;
            _ended = reason;
        });
    }

    /// <summary>Waits until a frame with this text has come.</summary>
    public Task UntilText(string text) => Until(() => _batches.SelectMany(b => b.Frames).Any(f => Text(f) == text), $"the frame '{text}'");

    /// <summary>Waits until an event frame with this number or a higher one has come.</summary>
    public Task UntilSeq(long seq) =>
        Until(() => _batches.Count > 0 && _batches.Any(b => b.HasEvents && b.Seq >= seq), $"the event {seq}");

    /// <summary>Waits until the subscription has ended.</summary>
    public async Task<FeedEnd> UntilEnded()
    {
        await Until(() => _ended is not null, "the end of the subscription");
        return Ended!.Value;
    }

    private static string Text(FeedFrame frame) => Encoding.UTF8.GetString(frame.Bytes.Span);

    private Task Until(Func<bool> reached, string what)
    {
        var found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (reached())
            {
                return Task.CompletedTask;
            }

            _waits.Add((reached, found));
        }

        return found.Task.Within(what);
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            foreach (var wait in _waits.FindAll(w => w.Reached()))
            {
                wait.Found.TrySetResult();
                _waits.Remove(wait);
            }
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
