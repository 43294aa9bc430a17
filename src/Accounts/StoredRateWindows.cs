using AkkaParty.Accounts.Storing;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Accounts;

/// <summary>Rate windows in the database. A limit must never stop what it limits because its own table is out of reach.</summary>
internal sealed partial class StoredRateWindows(
    IAccountDatabase database, AccountMetrics metrics, TimeProvider time, ILogger logger) : IRateWindows
{
    private const int SubjectLengthMax = 200;

    // After a failure the database is left alone for a while, so that nobody waits for it just to be allowed.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private long _pausedAt;
    private volatile bool _isPaused;

    /// <inheritdoc />
    public async ValueTask<RateAnswer> TakeAsync(RateLimit limit, string subject, CancellationToken cancellationToken)
    {
        if (_isPaused && time.GetElapsedTime(Interlocked.Read(ref _pausedAt)) < Pause)
        {
            return Unchecked(limit);
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var answer = await database.WriteAsync(
                "Reading a rate window",
                db => TakeAsync(db, limit, subject.Length <= SubjectLengthMax ? subject : subject[..SubjectLengthMax]),
                either.Token);
            _isPaused = false;
            return answer;
        }
        catch (Exception error) when (error is AccountsUnavailableException or AccountsStartException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (!_isPaused)
            {
                LogUnchecked(error.Message);
            }

            Interlocked.Exchange(ref _pausedAt, time.GetTimestamp());
            _isPaused = true;
            return Unchecked(limit);
        }
    }

    private async Task<RateAnswer> TakeAsync(DatabaseCall db, RateLimit limit, string subject)
    {
        var row = await RateTable.LockAsync(db, limit.Name, subject);
        var now = Instants.Now(time);
        var window = Instants.Span(limit.Window);
        var calls = row.Instants();
        calls.RemoveAll(call => call <= now - window);
        var isAllowed = calls.Count < limit.Max;
        if (isAllowed)
        {
            calls.Add(now);
            await RateTable.SaveAsync(db, limit.Name, subject, calls, now + window);
        }

        // The window may be smaller than it was when these were counted.
        var next = calls[Math.Max(0, calls.Count - limit.Max)] + window;
        return new RateAnswer(
            isAllowed,
            limit.Max,
            Math.Max(0, limit.Max - calls.Count),
            Instants.Of(next),
            isAllowed ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Max(1, next - now)));
    }

    private RateAnswer Unchecked(RateLimit limit)
    {
        metrics.RateUnchecked();
        return new RateAnswer(true, limit.Max, limit.Max - 1, time.GetUtcNow() + limit.Window, TimeSpan.Zero);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rate limits are not checked while the accounts' database is away: {Reason}")]
    private partial void LogUnchecked(string reason);
}
