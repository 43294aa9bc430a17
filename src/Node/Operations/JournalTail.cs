using AkkaParty.Actors.Parties;
using AkkaParty.Node.Hosting;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Node.Operations;

/// <summary>Reads the whole journal in its one order, for operators.</summary>
internal sealed class JournalTail(NodeStores stores)
{
    private const int PageSize = 1_000;

    /// <summary>Records above an offset.</summary>
    public async Task<JournalView> AfterAsync(long after, int countMax, CancellationToken cancellationToken)
    {
        var records = await stores.Journal.ReadAllAsync(after, countMax, cancellationToken);
        return new JournalView([.. records.Select(Line)], records.Count > 0 ? records[^1].Offset : after);
    }

    /// <summary>The newest records. The projection's position, which is never far behind, is where the search for the end begins.</summary>
    public async Task<JournalView> NewestAsync(int countMax, CancellationToken cancellationToken)
    {
        var position = await stores.Projections.ReadPositionAsync(ChosenFilmsProjection.RowsName, cancellationToken);
        var newest = new Queue<JournalRecord>();
        var last = position.Offset;
        while (await stores.Journal.ReadAllAsync(last, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            last = page[^1].Offset;
            foreach (var record in page)
            {
                newest.Enqueue(record);
                if (newest.Count > countMax)
                {
                    newest.Dequeue();
                }
            }
        }

        return new JournalView([.. newest.Select(Line)], last);
    }

    private static JournalLine Line(JournalRecord record) => new(
        record.Offset,
        record.Entry.At,
        record.Address.Kind,
        record.Address.Id,
        record.Entry.Seq,
        record.Entry.Manifest,
        KindReaders.Json(record.Entry.Payload));
}
