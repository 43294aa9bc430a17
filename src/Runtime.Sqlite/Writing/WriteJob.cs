using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sqlite.Raw;

namespace AkkaParty.Runtime.Sqlite.Writing;

/// <summary>Any other write: a snapshot, a lease, a projection's batch.</summary>
/// <typeparam name="T">Its result.</typeparam>
/// <param name="what">What it does, for errors.</param>
/// <param name="write">Does it. What it throws undoes only its own writes.</param>
internal sealed class WriteJob<T>(string what, Func<WriteSession, T> write) : WriteRequest
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _failure;

    /// <summary>Completes when the write is durable.</summary>
    public Task<T> Task => _source.Task;

    /// <inheritdoc />
    public override void Execute(WriteSession session)
    {
        session.Database.Execute("SAVEPOINT job");
        try
        {
            _result = write(session);
        }
        catch (Exception exception) when (exception is not SqliteFailure)
        {
            _failure = exception;
            session.Database.Execute("ROLLBACK TO job");
        }

        session.Database.Execute("RELEASE job");
    }

    /// <inheritdoc />
    public override void Complete()
    {
        if (_failure is null)
        {
            _source.SetResult(_result);
        }
        else
        {
            _source.SetException(_failure);
        }
    }

    /// <inheritdoc />
    public override void Refuse(SqliteFailure? failure) =>
        _source.SetException(failure?.Translate(what) ?? new JournalUnavailableException($"{what}: the store is closed"));

    /// <inheritdoc />
    public override void LeaveUnknown(SqliteFailure failure) => Refuse(failure);

    /// <inheritdoc />
    public override void Fail(Exception exception) => _source.SetException(exception);

    /// <inheritdoc />
    protected override void Cancel(CancellationToken cancellationToken) => _source.SetCanceled(cancellationToken);
}
