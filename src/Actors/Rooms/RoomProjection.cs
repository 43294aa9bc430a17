using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.Rooms;

/// <summary>A read model over all rooms, made from some of their events.</summary>
/// <param name="wanted">The types of those events; others, such as votes, are not even read.</param>
public abstract class RoomProjection(params Type[] wanted) : IProjection
{
    private static readonly JsonTableCodec<RoomEvent> Codec = new(RoomCodec.Events);
    private static readonly Dictionary<string, Type> Events =
        RoomCodec.Events.Rows.ToDictionary(row => row.Manifest, row => row.Type, StringComparer.Ordinal);

    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public abstract int Version { get; }

    /// <inheritdoc />
    /// <exception cref="UnknownManifestException">A room's event is of a newer version, which may matter here.</exception>
    public async ValueTask ApplyAsync(JournalRecord record, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        if (!string.Equals(record.Address.Kind, RoomAddress.Kind, StringComparison.Ordinal))
        {
            return;
        }

        var manifest = record.Entry.Manifest;
        if (!Events.TryGetValue(manifest, out var type))
        {
            throw new UnknownManifestException(manifest);
        }

        if (wanted.Contains(type))
        {
            await ApplyAsync(record.Address.Id, Codec.Decode(manifest, record.Entry.Payload.Span), batch, cancellationToken);
        }
    }

    /// <summary>Applies one of the wanted events.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="event">The event.</param>
    /// <param name="batch">Where the rows are read and written.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>A task that completes when the event is in the batch.</returns>
    protected abstract ValueTask ApplyAsync(string roomId, RoomEvent @event, ProjectionBatch batch, CancellationToken cancellationToken);
}
