using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>
/// Reactions of each person within a minute, over all their connections to this node. Reactions pass; so does the count.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ReactionRate(TimeProvider time)
{
    // More people than react at once on one node: beyond it those whose minute is over are forgotten.
    private const int PeopleMax = 20_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<long>> _reactions = new(StringComparer.Ordinal);

    /// <summary>Counts a reaction.</summary>
    /// <param name="memberId">Whose.</param>
    /// <returns>How many more are allowed, or when the next one is when this one is not.</returns>
    public (int Remaining, TimeSpan? RetryAfter) Take(string memberId)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (!_reactions.TryGetValue(memberId, out var recent))
            {
                if (_reactions.Count >= PeopleMax)
                {
                    ForgetThePast(now);
                }

                _reactions.Add(memberId, recent = []);
            }

            Trim(recent, now);
            if (recent.Count >= WatchLimits.ReactionsPerMinute)
            {
                return (0, Window - time.GetElapsedTime(recent.Peek(), now));
            }

            recent.Enqueue(now);
            return (WatchLimits.ReactionsPerMinute - recent.Count, null);
        }
    }

    private void ForgetThePast(long now)
    {
        List<string> past = [];
        foreach (var (member, recent) in _reactions)
        {
            Trim(recent, now);
            if (recent.Count == 0)
            {
                past.Add(member);
            }
        }

        past.ForEach(member => _reactions.Remove(member));
    }

    private void Trim(Queue<long> recent, long now)
    {
        while (recent.TryPeek(out var first) && time.GetElapsedTime(first, now) >= Window)
        {
            recent.Dequeue();
        }
    }
}
