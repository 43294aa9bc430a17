using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.Parties;

/// <summary>Reads what <see cref="ChosenFilmsProjection"/> wrote.</summary>
/// <param name="store">Where the rows are kept.</param>
public sealed class ChosenFilmsReader(IProjectionStore store) : IChosenFilms
{
    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<ChosenFilm>> ListAsync(int count, CancellationToken cancellationToken)
    {
        var range = ProjectionRange.All with { RowsMax = count, Descending = true };
        var rows = await store.ListAsync(ChosenFilmsProjection.RowsName, range, cancellationToken);
        return [.. rows.Select(ChosenFilmsProjection.FromRow)];
    }
}
