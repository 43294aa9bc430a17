using System.Threading.Channels;
using AkkaParty.Catalog.Tests;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Tests.Enrichment;

/// <summary>The rooms' region with the list of what is pending in them: what a room is told is off the list.</summary>
internal sealed class FakeRooms : IShardRegion
{
    private readonly Lock _gate = new();
    private readonly List<PendingEnrichment> _pending = [];
    private readonly Channel<(string RoomId, FinishEnrichment Told)> _told =
        Channel.CreateUnbounded<(string RoomId, FinishEnrichment Told)>();
    private readonly Channel<int> _looks = Channel.CreateUnbounded<int>();

    public string Kind => RoomAddress.Kind;

    /// <summary>The next answers to commands; without one the room takes what it is told.</summary>
    public Queue<AskResult> Answers { get; } = [];

    /// <summary>Whether the list forgets what the room was told; a list that lags behind does so later.</summary>
    public bool Forgets { get; set; } = true;

    /// <summary>Thrown by the next look at the list.</summary>
    public Exception? Failure { get; set; }

    public void Add(params PendingEnrichment[] pending)
    {
        lock (_gate)
        {
            _pending.AddRange(pending);
        }
    }

    public ValueTask<IReadOnlyList<PendingEnrichment>> ListAsync(int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var (failure, listed) = (Failure, _pending.Take(count).ToList());
            Failure = null;
            _looks.Writer.TryWrite(listed.Count);
            return failure is null ? new ValueTask<IReadOnlyList<PendingEnrichment>>(listed) : throw failure;
        }
    }

    public ValueTask<AskResult> AskAsync(string entityId, object command, CommandId? commandId = null)
    {
        lock (_gate)
        {
            var finish = command.ShouldBeOfType<FinishEnrichment>();
            var answer = Answers.TryDequeue(out var next) ? next : AskResult.Replied(RoomDone.Instance, 1);
            if (answer.Outcome == AskOutcome.Replied && Forgets)
            {
                _pending.RemoveAll(item => item.ItemId == finish.ItemId && item.Request == finish.Request);
            }

            _told.Writer.TryWrite((entityId, finish));
            return ValueTask.FromResult(answer);
        }
    }

    /// <summary>Waits until a room is told something.</summary>
    public Task<(string RoomId, FinishEnrichment Told)> ToldAsync() => _told.Reader.ReadAsync().AsTask().Within("the room to be told");

    /// <summary>Waits until the list is looked at, and says how much was on it.</summary>
    public Task<int> LookedAsync() => _looks.Reader.ReadAsync().AsTask().Within("a look at the list");

    public bool HasBeenTold => _told.Reader.TryPeek(out _);

    public bool HasBeenLookedAt => _looks.Reader.TryPeek(out _);

    public ValueTask<AskResult> QueryAsync(string entityId, object query, long seqMin = 0) =>
        throw new NotSupportedException("Nothing is asked here.");

    public bool Signal(string entityId, object signal) => throw new NotSupportedException("Nothing is signalled here.");

    public IDisposable Subscribe(string entityId, Audience audience, long? since, IFeedSubscriber subscriber) =>
        throw new NotSupportedException("Nothing is followed here.");
}
