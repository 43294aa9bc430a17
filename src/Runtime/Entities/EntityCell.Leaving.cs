using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Runtime.Entities;

/// <summary>
/// Leaving memory because the shard moves. In order: what waits is decided and stored, the subscribers are sent to the new home,
/// and only then is the shard let go. Abandoned: what waits is answered as unavailable, at once.
/// </summary>
internal sealed partial class EntityCell<TState, TCommand, TEvent>
{
    private Action? _left;
    private bool _leaves;
    private bool _abandoned;

    private void LeaveWhenDone(DrainEnvelope drain)
    {
        _leaves = true;
        _left += drain.Done;
    }

    /// <summary>An append or a read that is under way cannot be called back; nobody waits for it any more.</summary>
    private void BeAbandoned()
    {
        if (_abandoned)
        {
            return;
        }

        _abandoned = true;
        EndSubscriptions(FeedEnd.Moved);
        if (Status == CellStatus.Appending && !_stalled)
        {
            GiveUpOnAppend();
        }

        // Its own next turns refuse everything, so whoever waits for its leaving need not.
        TellLeft();
    }

    private void LeaveIfAsked()
    {
        if (!(_leaves || _abandoned) || Status is CellStatus.Appending or CellStatus.Recovering or CellStatus.Gone
            || _turn is not null || !InboxIsEmpty)
        {
            return;
        }

        // Mail or a call may have come in between: then another turn runs, and comes here again.
        EndSubscriptions(FeedEnd.Moved);
        if (!Shard.TryRemove(this))
        {
            return;
        }

        Forget();
        Status = CellStatus.Gone;
        if (Services.Events.Heard)
        {
            Services.Events.Publish(new EntityPassivated(Address));
        }

        TellLeft();
    }

    private void TellLeft()
    {
        var left = _left;
        _left = null;
        left?.Invoke();
    }
}
