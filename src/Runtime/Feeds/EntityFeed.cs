using AkkaParty.Runtime.Entities;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Feeds;

/// <summary>
/// An entity's subscribers at its home, grouped by audience so that each frame is serialised once per audience. Exists
/// only while somebody follows; used only in the entity's turns.
/// </summary>
internal sealed class EntityFeed(EntityAddress address, ILogger logger)
{
    private readonly List<Group> _groups = [];
    private readonly Dictionary<string, int> _members = [];

    /// <summary>How many subscriptions there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a member has a subscription.</summary>
    public bool HasMember(string member) => _members.ContainsKey(member);

    /// <summary>The members that have one.</summary>
    public IReadOnlyCollection<string> Members => _members.Keys;

    public void Add(Subscription subscription)
    {
        var group = _groups.Find(g => g.Audience == subscription.Audience);
        if (group is null)
        {
            group = new Group(subscription.Audience);
            _groups.Add(group);
        }

        group.Subscriptions.Add(subscription);
        Count++;
        if (subscription.Member is { } member)
        {
            _members[member] = _members.GetValueOrDefault(member) + 1;
        }
    }

    /// <summary>Takes a subscription out.</summary>
    /// <returns>False when it was not there any more.</returns>
    public bool Remove(Subscription subscription)
    {
        var group = _groups.Find(g => g.Audience == subscription.Audience);
        if (group is null || !group.Subscriptions.Remove(subscription))
        {
            return false;
        }

        if (group.Subscriptions.Count == 0)
        {
            _groups.Remove(group);
        }

        Count--;
        if (subscription.Member is { } member && (_members[member] -= 1) == 0)
        {
            _members.Remove(member);
        }

        return true;
    }

    /// <summary>Makes each audience's batch once and hands it to its subscribers.</summary>
    /// <param name="frames">An audience's frames; empty when it sees nothing of this turn.</param>
    /// <param name="seq">The sequence number after the turn.</param>
    /// <param name="failed">Gets those that cannot be served: their audience's view or they themselves threw.</param>
    /// <returns>How many batches were handed over.</returns>
    public int Publish(Func<Audience, List<FeedFrame>> frames, long seq, ref List<Subscription>? failed)
    {
        var delivered = 0;
        foreach (var group in _groups)
        {
            if (FramesFor(group.Audience, frames) is not { } visible)
            {
                (failed ??= []).AddRange(group.Subscriptions);
                continue;
            }

            if (visible.Count == 0)
            {
                continue;
            }

            var batch = new FeedBatch(visible, seq);
            foreach (var subscription in group.Subscriptions)
            {
                if (!Hand(subscription, batch))
                {
                    (failed ??= []).Add(subscription);
                }
            }

            delivered += group.Subscriptions.Count;
        }

        return delivered;
    }

    /// <summary>The subscriptions that match.</summary>
    public List<Subscription> Matching(Func<Subscription, bool> matches)
    {
        List<Subscription> matching = [];
        foreach (var group in _groups)
        {
            matching.AddRange(group.Subscriptions.Where(matches));
        }

        return matching;
    }

    private static bool Hand(Subscription subscription, FeedBatch batch)
    {
        if (subscription.Held is { } held)
        {
            held.Add(batch);
            return true;
        }

        return subscription.Deliver(batch, alone: false);
    }

    /// <returns>Null when the view threw.</returns>
    private List<FeedFrame>? FramesFor(Audience audience, Func<Audience, List<FeedFrame>> frames)
    {
        try
        {
            return frames(audience);
        }
        catch (Exception error)
        {
            logger.ViewFailed(error, address, audience.Name);
            return null;
        }
    }

    private sealed record Group(Audience Audience)
    {
        public List<Subscription> Subscriptions { get; } = [];
    }
}
