using AkkaParty.Actors.Parties;
using AkkaParty.Actors.Rooms;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Hosting;

/// <summary>The runtime's regions, as the web side asks for them; before the node has joined, regions that ask for patience.</summary>
internal sealed class RuntimeRegions(RuntimeHost host) : IEntityRegions
{
    /// <inheritdoc />
    public IShardRegion this[string kind] => host.Serving?.Runtime.Region(kind) ?? new StartingRegion(kind);
}

/// <summary>A region of a node that waits for its database.</summary>
internal sealed class StartingRegion(string kind) : IShardRegion
{
    private static readonly AskResult Starting =
        AskResult.Unavailable("store_unavailable", "This server is starting and waits for its database; try again in a moment.");

    /// <inheritdoc />
    public string Kind => kind;

    /// <inheritdoc />
    public ValueTask<AskResult> AskAsync(string entityId, object command, CommandId? commandId = null) => ValueTask.FromResult(Starting);

    /// <inheritdoc />
    public ValueTask<AskResult> QueryAsync(string entityId, object query, long seqMin = 0) => ValueTask.FromResult(Starting);

    /// <inheritdoc />
    public bool Signal(string entityId, object signal) => false;

    /// <inheritdoc />
    public IDisposable Subscribe(string entityId, Audience audience, long? since, IFeedSubscriber subscriber)
    {
        subscriber.End(FeedEnd.Moved);
        return Nothing.Instance;
    }

    private sealed class Nothing : IDisposable
    {
        public static Nothing Instance { get; } = new();

        public void Dispose()
        {
            // Nothing was begun.
        }
    }
}

/// <summary>The list of films that won, from the store once it is open.</summary>
internal sealed class RuntimeChosenFilms(RuntimeHost host) : IChosenFilms
{
    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ChosenFilm>> ListAsync(int count, CancellationToken cancellationToken) => host.Node is { } node
        ? new ChosenFilmsReader(node.Stores.Projections).ListAsync(count, cancellationToken)
        : throw new JournalUnavailableException("The server waits for its database.");
}

/// <summary>The list of somebody's rooms, from the store once it is open.</summary>
internal sealed class RuntimeRoomsOfMembers(RuntimeHost host) : IRoomsOfMembers
{
    /// <inheritdoc />
    public ValueTask<IReadOnlyList<string>> ListAsync(string userId, string? person, CancellationToken cancellationToken) =>
        host.Node is { } node
            ? new RoomsOfMembersReader(node.Stores.Projections).ListAsync(userId, person, cancellationToken)
            : throw new JournalUnavailableException("The server waits for its database.");
}

/// <summary>The lists of watch parties, from the store once it is open.</summary>
internal sealed class RuntimeWatchParties(RuntimeHost host) : IWatchParties
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly string[] Names = [WatchPartiesProjection.RowsName, WatchParticipantsProjection.RowsName];

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<WatchPartyOfMember>> ListOfMemberAsync(string memberId, CancellationToken cancellationToken) =>
        Reader().ListOfMemberAsync(memberId, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<WatchPartyRow>> ListPublicAsync(int limit, int offset, CancellationToken cancellationToken) =>
        Reader().ListPublicAsync(limit, offset, cancellationToken);

    /// <inheritdoc />
    public ValueTask<WatchPartyRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        Reader().FindAsync(id, cancellationToken);

    /// <inheritdoc />
    public ValueTask CatchUpAsync(CancellationToken cancellationToken) => Reader().CatchUpAsync(cancellationToken);

    private WatchPartiesReader Reader() => host.Node is { } node
        ? new WatchPartiesReader(node.Stores.Projections, stop => node.CatchUpAsync(Names, Patience, stop))
        : throw new JournalUnavailableException("The server waits for its database.");
}
