using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sqlite.Raw;

namespace AkkaParty.Runtime.Sqlite.Writing;

/// <summary>
/// One batch of appends. Pooled, with its own value-task source, so that a commit allocates nothing. Its caller
/// continues on the thread pool: what follows a commit decides the next commands, and on the writer thread it would
/// keep the disk waiting.
/// </summary>
internal sealed class CommitRequest : WriteRequest, IValueTaskSource
{
    private const int PooledMax = 16;

    private static readonly ConcurrentQueue<CommitRequest> Pool = new();

    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private IReadOnlyList<AppendOperation> _operations = [];
    private bool _pooled;

    /// <summary>
    /// Takes a request from the pool, or makes one that can be cancelled: a late cancellation must never meet the next batch.
    /// </summary>
    public static CommitRequest Rent(IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken)
    {
        var pooled = !cancellationToken.CanBeCanceled;
        var request = pooled && Pool.TryDequeue(out var used) ? used : new CommitRequest();
        request._operations = operations;
        request._pooled = pooled;
        request.CancelWith(cancellationToken);
        return request;
    }

    /// <summary>Completes when every operation has its outcome.</summary>
    public ValueTask Task => new(this, _source.Version);

    /// <inheritdoc />
    public override void Execute(WriteSession session)
    {
        for (var i = 0; i < _operations.Count; i++)
        {
            _operations[i].Outcome = session.Appends.Execute(_operations[i]);
        }
    }

    /// <inheritdoc />
    public override void Complete() => _source.SetResult(true);

    /// <inheritdoc />
    public override void Refuse(SqliteFailure? failure) => EndAll(AppendOutcome.Refused);

    /// <inheritdoc />
    public override void LeaveUnknown(SqliteFailure failure) => EndAll(AppendOutcome.Unknown);

    /// <inheritdoc />
    public override void Fail(Exception exception)
    {
        SetAll(AppendOutcome.Refused);
        _source.SetException(exception);
    }

    /// <inheritdoc />
    protected override void Cancel(CancellationToken cancellationToken) => EndAll(AppendOutcome.Refused);

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _source.GetResult(token);
        }
        finally
        {
            _operations = [];
            if (_pooled && Pool.Count < PooledMax)
            {
                _source.Reset();
                Renew();
                Pool.Enqueue(this);
            }
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void EndAll(AppendOutcome outcome)
    {
        SetAll(outcome);
        _source.SetResult(true);
    }

    private void SetAll(AppendOutcome outcome)
    {
        for (var i = 0; i < _operations.Count; i++)
        {
            _operations[i].Outcome = outcome;

            // A key given out in a transaction that was rolled back means nothing.
            _operations[i].StoreKey = 0;
        }
    }
}
