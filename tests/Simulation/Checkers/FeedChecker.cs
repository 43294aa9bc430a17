using System.Text;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Simulation.Workloads;

namespace AkkaParty.Simulation.Checkers;

/// <summary>A feed is complete, in order, the same live as read back, silent about secrets, and over for who was shut out.</summary>
internal sealed class FeedChecker<TState, TCommand, TEvent>(EntityHistory<TState, TCommand, TEvent> history, Action<string> violate)
    where TState : class
    where TCommand : class
    where TEvent : class
{
    /// <summary>Tokens and the like begin with this in every workload.</summary>
    public const string Secret = "secret-";

    private static readonly byte[] SecretBytes = Encoding.UTF8.GetBytes(Secret);

    /// <summary>What the follower has still to get; null when it has everything.</summary>
    public string? Lacks(Follower follower)
    {
        if (follower.IsExpelled)
        {
            return null;
        }

        for (var seq = history.Head; seq > (follower.Last ?? history.Head); seq--)
        {
            if (history.EventFrame(seq, follower.Audience) is not null)
            {
                return $"{follower.Name} is at {follower.Last} and lacks {seq}";
            }
        }

        return history.StateFrame(history.Head, follower.Audience) is not null && follower.Last < history.Head
            ? $"{follower.Name} has the state {follower.Last} of {history.Head}"
            : null;
    }

    public void Check(Follower follower)
    {
        var events = follower.Frames.FindAll(frame => frame.Kind == FeedFrameKind.Event);
        var next = follower.Since + 1 ?? (events.Count > 0 ? events[0].Seq : history.Head + 1);
        foreach (var frame in events)
        {
            while (next < frame.Seq && history.EventFrame(next, follower.Audience) is null)
            {
                next++;
            }

            if (frame.Seq != next || !Same(history.EventFrame(frame.Seq, follower.Audience), frame))
            {
                violate($"{follower.Name} got the event {frame.Seq}, "
                    + $"'{Encoding.UTF8.GetString(frame.Bytes.Span)}', where {next} was to come");
                return;
            }

            next++;
        }

        if (history.ShutOutAt(follower.Member, follower.Credential) is { } last
            && follower.Frames.Find(frame => frame.Seq > last) is { Seq: > 0 } later)
        {
            violate($"{follower.Name} was shut out at {last} and saw {later.Seq}");
        }

        foreach (var frame in follower.Frames)
        {
            if (frame.Kind == FeedFrameKind.State && !Same(history.StateFrame(frame.Seq, follower.Audience), frame))
            {
                violate(
                    $"{follower.Name}: the live state {frame.Seq} is not the replayed one: {Encoding.UTF8.GetString(frame.Bytes.Span)}");
            }

            if (frame.Bytes.Span.IndexOf(SecretBytes) >= 0)
            {
                violate($"{follower.Address}: the frame {frame.Seq} tells a secret: {Encoding.UTF8.GetString(frame.Bytes.Span)}");
            }
        }
    }

    private bool Same(ReadOnlyMemory<byte>? expected, SeenFrame frame) =>
        frame.Seq <= history.Head && expected is { } bytes && bytes.Span.SequenceEqual(frame.Bytes.Span);
}
