using System.Text.Json;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.Parties;

/// <summary>
/// Which films won, over all parties: a row per film, with its wins. Each round that a party finishes counts once. The
/// rows tell nothing about people or parties.
/// </summary>
public sealed class ChosenFilmsProjection : IProjection
{
    /// <summary>The name under which the rows are kept.</summary>
    public const string RowsName = "chosen-films";

    // Wins come before the time in a row's sort number: 35 bits hold the seconds of a thousand years.
    private const int SecondsBits = 35;

    private static readonly JsonTableCodec<PartyEvent> Codec = new(PartyCodec.Events);
    private static readonly Dictionary<string, Type> Events =
        PartyCodec.Events.Rows.ToDictionary(row => row.Manifest, row => row.Type, StringComparer.Ordinal);

    /// <inheritdoc />
    public string Name => RowsName;

    /// <inheritdoc />
    /// <remarks>To be raised with every change of <see cref="ChosenFilm"/> or of the order.</remarks>
    public int Version => 1;

    /// <inheritdoc />
    /// <exception cref="UnknownManifestException">A party's event is of a newer version, which may mean a win.</exception>
    public async ValueTask ApplyAsync(JournalRecord record, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        if (!string.Equals(record.Address.Kind, PartyAddress.Kind, StringComparison.Ordinal))
        {
            return;
        }

        var manifest = record.Entry.Manifest;
        if (!Events.TryGetValue(manifest, out var type))
        {
            throw new UnknownManifestException(manifest);
        }

        if (type == typeof(PartyFinished))
        {
            var finished = (PartyFinished)Codec.Decode(manifest, record.Entry.Payload.Span);
            var row = await batch.FindAsync(finished.Winner.Id, cancellationToken);
            batch.Put(ToRow(Count(row is { } before ? FromRow(before) : null, finished)));
        }
    }

    /// <summary>Reads a row back.</summary>
    /// <param name="row">A row of this projection.</param>
    /// <returns>The film.</returns>
    internal static ChosenFilm FromRow(ProjectionRow row) =>
        JsonSerializer.Deserialize(row.Value.Span, PartyJsonContext.Wire.ChosenFilm)
        ?? throw new JournalDamagedException($"The row of the chosen film {row.Key} is empty.");

    private static ChosenFilm Count(ChosenFilm? before, PartyFinished finished)
    {
        var (id, title, year, poster) = finished.Winner;
        var last = before is null || finished.At > before.LastChosenAt ? finished.At : before.LastChosenAt;
        return new ChosenFilm(id, title, year, poster, (before?.Wins ?? 0) + 1, last);
    }

    private static ProjectionRow ToRow(ChosenFilm film)
    {
        var seconds = Math.Clamp(film.LastChosenAt.ToUnixTimeSeconds(), 0, (1L << SecondsBits) - 1);
        return new ProjectionRow(
            film.Id,
            (film.Wins << SecondsBits) | seconds,
            JsonSerializer.SerializeToUtf8Bytes(film, PartyJsonContext.Wire.ChosenFilm));
    }
}
