using System.Text.Json;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>Who somebody is in a party or a room.</summary>
internal sealed record Seat(string Entity, string Person, string Token);

/// <summary>
/// A person's part in a party or a room: what they do next, and how it is said there. Each command can be told from all others by what
/// it changes, so that the journal shows which was carried out how often.
/// </summary>
internal abstract class Part(Seat seat)
{
    /// <summary>Who they are.</summary>
    public Seat Seat => seat;

    /// <summary>The feed they follow.</summary>
    public abstract string Feed { get; }

    /// <summary>What a socket sends to get a sign of life; null where the WebSocket protocol's own ping has to do.</summary>
    public virtual object? Ping => null;

    /// <summary>Reads the entity.</summary>
    public abstract PlainCall Look { get; }

    /// <summary>Whether a feed shows the entity as it is; otherwise what happens, and what nobody is told of is never shown.</summary>
    public abstract bool ShowsStates { get; }

    /// <summary>The next command.</summary>
    /// <param name="number">The person's own number for it.</param>
    public abstract PendingCommand Next(long number);

    /// <summary>A command was answered for good.</summary>
    public virtual void Close(PendingCommand command)
    {
    }

    /// <summary>Where the feed is.</summary>
    /// <param name="device">The client's own name for itself.</param>
    /// <param name="since">The last number that was shown; 0 for none.</param>
    public abstract string FeedPath(string device, long since);

    /// <summary>What a frame means; null for nothing.</summary>
    public abstract Heard? Hear(JsonElement frame);

    /// <summary>What the answer to <see cref="Look"/> shows.</summary>
    public abstract Sight See(CallAnswer answer);

    /// <summary>The number at which the change of an answered call holds.</summary>
    public abstract long SeqOf(CallAnswer answer);
}
