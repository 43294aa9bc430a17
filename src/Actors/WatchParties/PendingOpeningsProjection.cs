using System.Globalization;
using System.Text.Json;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// The watch parties that parties and rooms have decided on and that are not there yet: a row each, gone when the one that decided knows
/// that it is there or cannot be made, or wants it no more.
/// </summary>
public sealed class PendingOpeningsProjection : IProjection
{
    /// <summary>The name under which the rows are kept.</summary>
    public const string RowsName = "pending-openings";

    private readonly OfParties _parties = new();
    private readonly OfRooms _rooms = new();

    /// <inheritdoc />
    public string Name => RowsName;

    /// <inheritdoc />
    /// <remarks>To be raised with every change of <see cref="PendingOpening"/> or of the order.</remarks>
    public int Version => 1;

    /// <inheritdoc />
    /// <exception cref="Runtime.Entities.UnknownManifestException">An event is of a newer version, which may matter here.</exception>
    public async ValueTask ApplyAsync(JournalRecord record, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        await _parties.ApplyAsync(record, batch, cancellationToken);
        await _rooms.ApplyAsync(record, batch, cancellationToken);
    }

    /// <summary>Reads a row back.</summary>
    /// <param name="row">A row of this projection.</param>
    /// <returns>What is to be opened.</returns>
    internal static PendingOpening FromRow(ProjectionRow row) =>
        JsonSerializer.Deserialize(row.Value.Span, WatchRowsJsonContext.Rows.PendingOpening)
        ?? throw new JournalDamagedException($"The row of the opening {row.Key} is empty.");

    private static void Put(ProjectionBatch batch, PendingOpening pending) => batch.Put(new ProjectionRow(
        KeyOf(pending.Origin.Kind, pending.Origin.Id, pending.WatchPartyId),
        pending.At.ToUnixTimeMilliseconds(),
        JsonSerializer.SerializeToUtf8Bytes(pending, WatchRowsJsonContext.Rows.PendingOpening)));

    private static string KeyOf(string kind, string id, string watchPartyId) => $"{kind}|{id}|{watchPartyId}";

    private static string ItemIdOf(string watchPartyId) => OpeningIds.Part(watchPartyId, "item").ToString("D");

    private sealed class OfParties() : EntityProjection<PartyEvent>(
        PartyAddress.Kind,
        PartyCodec.Events,
        typeof(WatchPartyRequested),
        typeof(WatchPartyOpened),
        typeof(WatchPartyFailed),
        typeof(PartyRestarted))
    {
        public override string Name => RowsName;

        public override int Version => 1;

        protected override ValueTask ApplyAsync(string id, PartyEvent @event, ProjectionBatch batch, CancellationToken cancellationToken)
        {
            switch (@event)
            {
                case WatchPartyRequested e:
                    var film = e.Film;
                    var item = new MediaItem(
                        ItemIdOf(e.WatchPartyId),
                        film.Title,
                        TmdbId: int.TryParse(film.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var tmdbId) ? tmdbId : null,
                        PosterUrl: film.PosterPath.Length > 0 ? film.PosterPath : null);
                    var origin = new WatchOrigin(PartyAddress.Kind, id, e.HostId);
                    Put(batch, new PendingOpening(e.WatchPartyId, origin, e.PartyName, item, e.Seats, e.At));
                    break;
                case WatchPartyOpened e:
                    batch.Remove(KeyOf(PartyAddress.Kind, id, e.WatchPartyId));
                    break;
                case WatchPartyFailed e:
                    batch.Remove(KeyOf(PartyAddress.Kind, id, e.WatchPartyId));
                    break;
                case PartyRestarted e:
                    // The watch party of the round that is over, if it is still to be made, is wanted no more.
                    batch.Remove(KeyOf(PartyAddress.Kind, id, PartyDecision.WatchPartyOf(id, e.Round - 1)));
                    break;
            }

            return ValueTask.CompletedTask;
        }
    }

    private sealed class OfRooms() : EntityProjection<RoomEvent>(
        RoomAddress.Kind,
        RoomCodec.Events,
        typeof(RoomWatchPartyRequested),
        typeof(RoomWatchPartyOpened),
        typeof(RoomWatchPartyFailed),
        typeof(RoomDeleted))
    {
        public override string Name => RowsName;

        public override int Version => 1;

        protected override ValueTask ApplyAsync(string id, RoomEvent @event, ProjectionBatch batch, CancellationToken cancellationToken)
        {
            switch (@event)
            {
                case RoomWatchPartyRequested e:
                    var details = e.Item.Details;
                    var item = new MediaItem(
                        ItemIdOf(e.WatchPartyId),
                        e.Item.Title,
                        TmdbId: e.Item.TmdbId is { } tmdbId and > 0 and <= int.MaxValue ? (int)tmdbId : null,
                        PosterUrl: details.PosterUrl,
                        DurationMs: details.RuntimeMinutes is { } minutes and > 0 ? minutes * 60_000L : null);
                    var origin = new WatchOrigin(RoomAddress.Kind, id, e.HostId);
                    Put(batch, new PendingOpening(e.WatchPartyId, origin, e.RoomName, item, e.Seats, e.At));
                    break;
                case RoomWatchPartyOpened e:
                    batch.Remove(KeyOf(RoomAddress.Kind, id, e.WatchPartyId));
                    break;
                case RoomWatchPartyFailed e:
                    batch.Remove(KeyOf(RoomAddress.Kind, id, e.WatchPartyId));
                    break;
                case RoomDeleted e:
                    foreach (var watchPartyId in e.PendingOpenings ?? [])
                    {
                        batch.Remove(KeyOf(RoomAddress.Kind, id, watchPartyId));
                    }

                    break;
            }

            return ValueTask.CompletedTask;
        }
    }
}
