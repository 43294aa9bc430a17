using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Runtime.Sharding;

/// <summary>A node's door to all entities of one kind, wherever they live. Thread-safe.</summary>
public interface IShardRegion
{
    /// <summary>The entity kind.</summary>
    string Kind { get; }

    /// <summary>Has a command decided by its entity.</summary>
    /// <param name="entityId">The entity's id, 1 to 128 characters.</param>
    /// <param name="command">The command.</param>
    /// <param name="commandId">Makes the command safe to send twice; null when a retry would be a new command.</param>
    /// <returns>The answer: always one of the six outcomes, never an exception. It may be awaited once.</returns>
    ValueTask<AskResult> AskAsync(string entityId, object command, CommandId? commandId = null);

    /// <summary>Asks a question that the entity answers from memory.</summary>
    /// <param name="entityId">The entity's id, 1 to 128 characters.</param>
    /// <param name="query">The query.</param>
    /// <param name="seqMin">The caller has seen this sequence number: the answer is never older.</param>
    /// <returns>The answer: always one of the six outcomes, never an exception. It may be awaited once.</returns>
    ValueTask<AskResult> QueryAsync(string entityId, object query, long seqMin = 0);

    /// <summary>Passes something ephemeral on to the entity's subscribers. It may be dropped.</summary>
    /// <param name="entityId">The entity's id.</param>
    /// <param name="signal">The signal.</param>
    /// <returns>False when it was dropped here.</returns>
    bool Signal(string entityId, object signal);

    /// <summary>
    /// Follows an entity. With a state view the subscriber first gets the state (unless <paramref name="since"/> is the
    /// head), with an event view every event above <paramref name="since"/>, then everything that comes.
    /// </summary>
    /// <param name="entityId">The entity's id.</param>
    /// <param name="audience">Who looks.</param>
    /// <param name="since">The last sequence number the subscriber has; null for only what comes.</param>
    /// <param name="subscriber">Takes the frames.</param>
    /// <returns>Dispose it to stop; nothing is delivered after the disposal has reached the entity.</returns>
    IDisposable Subscribe(string entityId, Audience audience, long? since, IFeedSubscriber subscriber);
}
