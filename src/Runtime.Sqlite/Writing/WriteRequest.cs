using AkkaParty.Runtime.Sqlite.Raw;

namespace AkkaParty.Runtime.Sqlite.Writing;

/// <summary>Something the writer thread does inside a transaction. Several share one.</summary>
internal abstract class WriteRequest
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Given = 2;

    private int _state;
    private CancellationTokenRegistration _registration;

    /// <summary>Does it, inside the open transaction.</summary>
    public abstract void Execute(WriteSession session);

    /// <summary>The transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>The transaction is not there, certainly.</summary>
    public abstract void Refuse(SqliteFailure? failure);

    /// <summary>Nobody can say whether the transaction is there.</summary>
    public abstract void LeaveUnknown(SqliteFailure failure);

    /// <summary>The request itself is wrong: a bug of whoever made it.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Its caller stopped waiting before the writer took it.</summary>
    protected abstract void Cancel(CancellationToken cancellationToken);

    /// <summary>The writer takes it, unless its caller was faster and cancelled.</summary>
    public bool TryTake()
    {
        _registration.Unregister();
        return Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;
    }

    // Once the writer works on a request its caller waits for the end: the writer is reading the caller's operations.
    public void CancelWith(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(
                static (request, token) => ((WriteRequest)request!).TryCancel(token), this);
        }
    }

    protected void Renew() => _state = Waiting;

    private void TryCancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Given, Waiting) == Waiting)
        {
            Cancel(cancellationToken);
        }
    }
}
