using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>What the feed has shown, and answers that wait for it.</summary>
internal abstract partial class EntitySession<TFrame>
{
    // A feed that is being made anew at another node takes a fraction of this. One that takes longer is broken.
    private static readonly TimeSpan FeedPatience = TimeSpan.FromSeconds(10);

    // Where some changes are never shown: what is, comes with the answer unless the feed is being made anew; otherwise it can only be
    // overtaken between two threads.
    private static readonly TimeSpan ShortPatience = TimeSpan.FromMilliseconds(250);

    // What is large is not copied to go with something small.
    private const int HeldBytesMax = 16 * 1024;

    private FeedWait? _wait;
    private long _shown;

    /// <inheritdoc />
    public override void Deliver(FeedBatch batch)
    {
        Volatile.Write(ref _seq, batch.Seq);
        if (Volatile.Read(ref _busy) && batch.Size <= HeldBytesMax)
        {
            // Mostly this is what the client's own command did, and its acknowledgement comes right behind.
            Outbox.Hold();
        }

        Show(batch);

        // A full fence between writing one and reading the other, here and in IsShownAsync: one of the two always sees both.
        Interlocked.Exchange(ref _shown, batch.Seq);
        if (Volatile.Read(ref _wait) is { } wait && batch.Seq >= wait.Seq)
        {
            wait.Over.TrySetResult();
        }
    }

    /// <summary>Sends the frames of one turn.</summary>
    /// <param name="batch">The frames.</param>
    protected virtual void Show(FeedBatch batch) => base.Deliver(batch);

    /// <summary>
    /// Waits until the update that shows a number is on its way, so that it comes before the answer to the command that caused it.
    /// </summary>
    /// <param name="seq">The number.</param>
    /// <returns>False when it does not come: the client had better connect again.</returns>
    protected async ValueTask<bool> IsShownAsync(long seq)
    {
        if (Volatile.Read(ref _shown) >= seq)
        {
            return true;
        }

        var wait = new FeedWait(seq, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Interlocked.Exchange(ref _wait, wait);
        if (!IsOver(seq))
        {
            try
            {
                await wait.Over.Task.WaitAsync(ShowsEveryChange ? FeedPatience : ShortPatience, Shared.Time);
            }
            catch (TimeoutException) when (ShowsEveryChange)
            {
                return false;
            }
            catch (TimeoutException)
            {
                if (await IsNeverShownAsync(wait))
                {
                    return true;
                }
            }
        }

        // A feed that goes on over another connection shows the change there, and there the same command is answered: so when the feed
        // moved, and when the client or the server ends the connection.
        return Volatile.Read(ref _shown) >= seq || Volatile.Read(ref _endWith) is { Reconnect: false };
    }

    /// <summary>
    /// Whether the feed has shown everything there is to be shown, and the number was not among it. One that is being made anew is waited
    /// for.
    /// </summary>
    private async Task<bool> IsNeverShownAsync(FeedWait wait)
    {
        var began = Shared.Time.GetTimestamp();
        while (_subscription is IFollowedFeed { IsLive: false } && Shared.Time.GetElapsedTime(began) < FeedPatience)
        {
            try
            {
                await wait.Over.Task.WaitAsync(ShortPatience, Shared.Time);
                return false;
            }
            catch (TimeoutException)
            {
                // Made anew or not, the look at it says.
            }
        }

        return _subscription is not IFollowedFeed { IsLive: false };
    }

    private bool IsOver(long seq) => Volatile.Read(ref _shown) >= seq || Volatile.Read(ref _endWith) is not null || Closing;

    /// <summary>Nothing more is shown: nobody waits for it any longer.</summary>
    private void EndFeedWait() => Volatile.Read(ref _wait)?.Over.TrySetResult();

    private sealed record FeedWait(long Seq, TaskCompletionSource Over);
}
