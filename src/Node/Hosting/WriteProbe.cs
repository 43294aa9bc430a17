using System.Security.Cryptography;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Node.Hosting;

/// <summary>
/// Finds out whether a store that has refused to keep something keeps things again: writes a row that means nothing, in place of the
/// last one. Only then: a store that keeps what it is given needs no probe.
/// </summary>
/// <param name="rows">Where to.</param>
internal sealed class WriteProbe(IProjectionStore rows)
{
    /// <summary>The name under which the row is kept.</summary>
    public const string RowsName = "write-probe";

    // More than fits beside other things in a page, and nothing that could be packed: it needs room of its own.
    private const int Bytes = 16 * 1024;

    /// <summary>Tries.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether the store has kept it, or what another node has written in the meantime.</returns>
    public async ValueTask<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var position = await rows.ReadPositionAsync(RowsName, cancellationToken);
            var row = new ProjectionRow("row", 0, RandomNumberGenerator.GetBytes(Bytes));
            await rows.CommitAsync(
                new ProjectionCommit(
                    RowsName, position, new ProjectionPosition(position.Offset + 1, 1), [new ProjectionChange(row.Key, row)]),
                cancellationToken);
            return true;
        }
        catch (Exception error) when (error is JournalUnavailableException or OperationCanceledException)
        {
            // That is the answer.
            return false;
        }
    }
}
