using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Projections;

/// <summary>
/// The whole journal page by page, for all projections of a node. They follow the same appends at the same time: whoever asks for the
/// page that another is reading, or was the last to read, gets that one, so that a busy journal is read back once and not by each.
/// </summary>
/// <param name="journal">What is read.</param>
public sealed class JournalPages(IJournal journal)
{
    private readonly Lock _gate = new();
    private (long After, int RecordsMax, Task<IReadOnlyList<JournalRecord>> Page)? _last;

    /// <summary>Reads a page.</summary>
    /// <param name="afterOffset">Only records above this offset; 0 for all.</param>
    /// <param name="recordsMax">At most this many, 1 to 10,000.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The records in order; empty only when a look that began after this call found nothing.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; try again.</exception>
    public async ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(
        long afterOffset, int recordsMax, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<JournalRecord>>? others;
        TaskCompletionSource<IReadOnlyList<JournalRecord>> own = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            others = _last is { } last && last.After == afterOffset && last.RecordsMax == recordsMax ? last.Page : null;
            if (others is null)
            {
                _last = (afterOffset, recordsMax, own.Task);
            }
        }

        // What is stored stays as it is, so a page is right whenever it was read. That there was none may be wrong by now.
        return others is null
            ? await ReadForAllAsync(own, afterOffset, recordsMax, cancellationToken)
            : await others.WaitAsync(cancellationToken) is { Count: > 0 } shared
                ? shared
                : await journal.ReadAllAsync(afterOffset, recordsMax, cancellationToken);
    }

    private async ValueTask<IReadOnlyList<JournalRecord>> ReadForAllAsync(
        TaskCompletionSource<IReadOnlyList<JournalRecord>> page, long afterOffset, int recordsMax, CancellationToken cancellationToken)
    {
        IReadOnlyList<JournalRecord> records = [];
        try
        {
            records = await journal.ReadAllAsync(afterOffset, recordsMax, cancellationToken);
            return records;
        }
        finally
        {
            // Nothing when it failed: the others find out themselves why.
            page.SetResult(records);
            if (records.Count == 0)
            {
                Forget(page.Task);
            }
        }
    }

    private void Forget(Task<IReadOnlyList<JournalRecord>> page)
    {
        lock (_gate)
        {
            if (_last?.Page == page)
            {
                _last = null;
            }
        }
    }
}
