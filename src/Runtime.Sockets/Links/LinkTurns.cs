namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>
/// Lets the links to one node name carry frames one after the other, whichever runs of that node they lead to: the end of one is
/// reported before the next begins.
/// </summary>
internal sealed class LinkTurns
{
    private readonly Lock _gate = new();
    private Link? _newest;

    /// <summary>Queues a link behind the one that carries now, which ends.</summary>
    /// <param name="link">The newer one.</param>
    /// <returns>A task that completes when it is its turn.</returns>
    public Task NextAsync(Link link)
    {
        Link? before;
        lock (_gate)
        {
            before = _newest;
            _newest = link;
        }

        before?.Abort("a newer link takes its place");
        return before?.Over ?? Task.CompletedTask;
    }
}
