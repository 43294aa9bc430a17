using System.Text.Json;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.Rooms;

/// <summary>The items of all rooms whose data is to be looked up: a row per item, gone when the look-up ended or the item is.</summary>
public sealed class PendingEnrichmentsProjection() : RoomProjection(
    typeof(ItemAdded),
    typeof(EnrichmentRequested),
    typeof(ItemUpdated),
    typeof(ItemEnriched),
    typeof(ItemRemoved),
    typeof(EntryAdded),
    typeof(RoomDeleted))
{
    /// <summary>The name under which the rows are kept.</summary>
    public const string RowsName = "pending-enrichments";

    /// <inheritdoc />
    public override string Name => RowsName;

    /// <inheritdoc />
    /// <remarks>To be raised with every change of <see cref="PendingEnrichment"/> or of the order.</remarks>
    public override int Version => 1;

    /// <summary>Reads a row back.</summary>
    /// <param name="row">A row of this projection.</param>
    /// <returns>The item.</returns>
    internal static PendingEnrichment FromRow(ProjectionRow row) =>
        JsonSerializer.Deserialize(row.Value.Span, RoomRowsJsonContext.Rows.PendingEnrichment)
        ?? throw new JournalDamagedException($"The row of the pending item {row.Key} is empty.");

    /// <inheritdoc />
    protected override async ValueTask ApplyAsync(
        string roomId, RoomEvent @event, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        switch (@event)
        {
            case ItemAdded { Item.Enrichment: EnrichmentStatus.Pending } e:
                Put(batch, roomId, e.Item, e.Regions, e.At);
                break;
            case EnrichmentRequested e:
                Put(batch, roomId, e.Item, e.Regions, e.At);
                break;
            case ItemUpdated { Item.Enrichment: EnrichmentStatus.Pending } e:
                if (await batch.FindAsync(e.Item.Id, cancellationToken) is { } row)
                {
                    var before = FromRow(row);
                    Put(batch, roomId, e.Item, before.Regions, before.RequestedAt);
                }

                break;
            case ItemEnriched e:
                batch.Remove(e.Item.Id);
                break;
            case ItemRemoved e:
                batch.Remove(e.Item.Id);
                break;
            case EntryAdded { ForgottenItemId: { } forgotten }:
                batch.Remove(forgotten);
                break;
            case RoomDeleted e:
                foreach (var itemId in e.PendingItems)
                {
                    batch.Remove(itemId);
                }

                break;
        }
    }

    private static void Put(ProjectionBatch batch, string roomId, ItemFacts item, IReadOnlyList<string> regions, DateTimeOffset at)
    {
        var pending = new PendingEnrichment(
            roomId, item.Id, item.EnrichmentRequest, item.Title, item.TmdbId, item.Details.Year, regions, at);
        batch.Put(new ProjectionRow(
            item.Id,
            at.ToUnixTimeMilliseconds(),
            JsonSerializer.SerializeToUtf8Bytes(pending, RoomRowsJsonContext.Rows.PendingEnrichment)));
    }
}
