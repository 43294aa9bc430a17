using System.Text.Json;
using AkkaParty.Runtime.Diagnostics;

namespace AkkaParty.Node.Operations;

/// <summary>Remembers the last things that happened to the cluster, as this node saw them. Thread-safe.</summary>
internal sealed class ClusterHistory(TimeProvider time)
{
    private const int LinesMax = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<ClusterEventLine> _lines = [];
    private long _last;

    /// <summary>Remembers from now on what a runtime tells.</summary>
    public void Follow(RuntimeEvents events) => events.Happened += happened =>
    {
        if (happened is ClusterEvent told && Describe(told) is { } text)
        {
            Add(Name(told), text);
        }
    };

    /// <summary>An event for people; null for one that only tests wait for.</summary>
    private static string? Describe(ClusterEvent happened) => happened switch
    {
        PhaseEntered entered => $"This node is {entered.Phase.ToString().ToLowerInvariant()}.",
        MemberJoined joined => $"{joined.Node.Name} joined (run {joined.Node.Incarnation}).",
        MemberLeft left => $"{left.Node.Name} is no member any more (run {left.Node.Incarnation}).",
        MemberDeclaredDead dead => dead.HasGone
            ? $"{dead.Name} is dead: its connection to the database ended (run {dead.Incarnation})."
            : $"{dead.Name} is dead: nothing was heard of it for a lease (run {dead.Incarnation}).",
        Evicted evicted => $"This node was removed (run {evicted.Node.Incarnation}); it joins anew.",
        Fenced => "This node stopped serving: it had no word from the database for a lease.",
        Unfenced => "This node serves again.",
        ShardClaimed claimed => $"Shard {claimed.Shard} is served here now (epoch {claimed.Epoch}).",
        HandOffBegun begun => $"Shard {begun.Shard} moves to {begun.Target ?? "nobody"}.",
        HandOffEnded ended => ended.Forced ? $"Shard {ended.Shard} was given up: its entities took too long." : null,
        ShardReleased released => $"Shard {released.Shard} is served by {released.Owner ?? "nobody"} now.",
        _ => null,
    };

    /// <summary>The type's name in lower case with dashes.</summary>
    private static string Name(ClusterEvent happened) => JsonNamingPolicy.KebabCaseLower.ConvertName(happened.GetType().Name);

    private void Add(string name, string text)
    {
        lock (_gate)
        {
            _lines.Enqueue(new ClusterEventLine(++_last, time.GetUtcNow(), name, text));
            if (_lines.Count > LinesMax)
            {
                _lines.Dequeue();
            }
        }
    }

    /// <summary>What happened after a number.</summary>
    public ClusterEvents After(string node, long number)
    {
        lock (_gate)
        {
            return new ClusterEvents(node, [.. _lines.Where(line => line.Number > number)], _last);
        }
    }
}
