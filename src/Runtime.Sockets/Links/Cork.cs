namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>
/// Holds back what is sent from within the calls of one reader, until it has delivered all that it read at once: a burst of
/// requests is answered by one write, on the thread that is there anyway.
/// </summary>
internal sealed class Cork
{
    [ThreadStatic]
    private static Cork? _current;

    private readonly List<Link> _links = [];

    /// <summary>The one this thread is in, if any.</summary>
    public static Cork? Current => _current;

    /// <summary>Begins to hold back what this thread sends.</summary>
    /// <returns>The one it was in before.</returns>
    public Cork? Enter()
    {
        var before = _current;
        _current = this;
        return before;
    }

    /// <summary>Remembers a link to be flushed.</summary>
    public void Add(Link link) => _links.Add(link);

    /// <summary>Sends what was held back.</summary>
    /// <param name="before">What <see cref="Enter"/> returned.</param>
    public void Leave(Cork? before)
    {
        _current = before;
        foreach (var link in _links)
        {
            link.Uncork();
        }

        _links.Clear();
    }
}
