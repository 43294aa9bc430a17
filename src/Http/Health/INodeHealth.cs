namespace AkkaParty.Http.Health;

/// <summary>How the node is, as the program that composes it knows.</summary>
public interface INodeHealth
{
    /// <summary>How it is now; cheap, and never throws.</summary>
    NodeHealth Current { get; }
}

/// <summary>How a node is.</summary>
/// <param name="Ready">Whether it may be sent work: started, not stopping, its store answers.</param>
/// <param name="DatabaseUp">Whether its store answers.</param>
/// <param name="Reason">Why it is not ready, one short sentence for operators; null when it is.</param>
/// <param name="Version">The program's version; null when it is not told.</param>
/// <param name="Films">Where films come from, <c>tmdb</c> or <c>built_in</c>; null when it is not told.</param>
public sealed record NodeHealth(bool Ready, bool DatabaseUp, string? Reason = null, string? Version = null, string? Films = null);
