using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Projections;

/// <summary>A read model: rows made from the journal's events, thrown away and made again at will.</summary>
public interface IProjection
{
    /// <summary>Its name, lower case, at most 64 characters; its rows and its offset are kept under it.</summary>
    string Name { get; }

    /// <summary>The shape's version, from 1: when it differs from the stored one, the rows are made again from the first event.</summary>
    int Version { get; }

    /// <summary>Applies one event. Called in the journal's order, once per event as far as the rows can tell.</summary>
    /// <param name="record">The event.</param>
    /// <param name="batch">Where its rows are read and written.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>A task that completes when the event is in the batch. An exception stops the projection: it is a bug.</returns>
    ValueTask ApplyAsync(JournalRecord record, ProjectionBatch batch, CancellationToken cancellationToken);
}
