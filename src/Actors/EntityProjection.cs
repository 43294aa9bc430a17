using AkkaParty.Protocol;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors;

/// <summary>A read model over all entities of one kind, made from some of their events.</summary>
/// <typeparam name="TEvent">The kind's events.</typeparam>
/// <param name="kind">The entity kind.</param>
/// <param name="table">The manifests of all its events.</param>
/// <param name="wanted">The types of the events it is made from; others are not even read.</param>
public abstract class EntityProjection<TEvent>(string kind, JsonMessageTable<TEvent> table, params Type[] wanted) : IProjection
    where TEvent : class
{
    private readonly JsonTableCodec<TEvent> _codec = new(table);
    private readonly Dictionary<string, Type> _events =
        table.Rows.ToDictionary(row => row.Manifest, row => row.Type, StringComparer.Ordinal);

    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public abstract int Version { get; }

    /// <inheritdoc />
    /// <exception cref="UnknownManifestException">An event is of a newer version, which may matter here.</exception>
    public async ValueTask ApplyAsync(JournalRecord record, ProjectionBatch batch, CancellationToken cancellationToken)
    {
        if (!string.Equals(record.Address.Kind, kind, StringComparison.Ordinal))
        {
            return;
        }

        var manifest = record.Entry.Manifest;
        if (!_events.TryGetValue(manifest, out var type))
        {
            throw new UnknownManifestException(manifest);
        }

        if (wanted.Contains(type))
        {
            await ApplyAsync(record.Address.Id, _codec.Decode(manifest, record.Entry.Payload.Span), batch, cancellationToken);
        }
    }

    /// <summary>Applies one of the wanted events.</summary>
    /// <param name="id">The entity's id.</param>
    /// <param name="event">The event.</param>
    /// <param name="batch">Where the rows are read and written.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>A task that completes when the event is in the batch.</returns>
    protected abstract ValueTask ApplyAsync(string id, TEvent @event, ProjectionBatch batch, CancellationToken cancellationToken);
}
