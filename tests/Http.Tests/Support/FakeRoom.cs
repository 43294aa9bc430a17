using System.Text;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Http.Tests.Support;

/// <summary>
/// Stands in for the region of rooms: keeps tokens, records every command and subscription, and lets a test decide any answer and publish
/// any frame.
/// </summary>
internal sealed class FakeRoom : IShardRegion, IEntityRegions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Room, string Hash), RoomMember> _tokens = [];
    private readonly Dictionary<(string Room, CommandId Id), AskResult> _replies = [];
    private readonly List<FakeSubscription> _subscriptions = [];
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _rooms = 0xABCD;

    public string Kind => RoomAddress.Kind;

    public long Seq { get; set; } = 5;

    public List<string> Present { get; } = [];

    public List<(object Command, CommandId? Id)> Asked { get; } = [];

    /// <summary>The answer to a command.</summary>
    public Func<object, AskResult>? OnAsk { get; set; }

    /// <summary>The answer to a query; null leaves it to the fake.</summary>
    public Func<object, AskResult?> OnQuery { get; set; } = _ => null;

    /// <summary>Ends when somebody follows.</summary>
    public Task Subscribed => _subscribed.Task;

    public IReadOnlyList<FakeSubscription> Subscriptions
    {
        get
        {
            lock (_gate)
            {
                return [.. _subscriptions];
            }
        }
    }

    public IShardRegion this[string kind] => kind == Kind ? this : throw new KeyNotFoundException(kind);

    /// <summary>A room with one member, put there without a call.</summary>
    public (string RoomId, string Token) Seed(ManualTime time, string? userId = "ada")
    {
        lock (_gate)
        {
            var roomId = RoomIds.Room(_rooms++);
            var token = RoomToken.New(roomId);
            _tokens[(roomId, TokenHash.Of(token))] = new RoomMember(userId, userId, false, "person", time.GetUtcNow().AddDays(365));
            return (roomId, token);
        }
    }

    public ValueTask<AskResult> AskAsync(string entityId, object command, CommandId? commandId = null)
    {
        lock (_gate)
        {
            Asked.Add((command, commandId));
            if (commandId is { } id && _replies.TryGetValue((entityId, id), out var earlier))
            {
                return new(earlier);
            }

            var result = OnAsk?.Invoke(command) ?? AskResult.Replied(RoomDone.Instance, Seq);
            if (commandId is { } newId)
            {
                _replies[(entityId, newId)] = result;
            }

            return new(result);
        }
    }

    public ValueTask<AskResult> QueryAsync(string entityId, object query, long seqMin = 0)
    {
        lock (_gate)
        {
            return new(OnQuery(query) ?? query switch
            {
                AuthenticateRoomCaller who => _tokens.TryGetValue((entityId, who.TokenHash), out var member) && member.ExpiresAt > who.At
                    ? AskResult.Replied(member, Seq)
                    : Refuse(RoomErrorCodes.InvalidToken),
                GetPresence => AskResult.Replied(new PresentMembers([.. Present], Seq), Seq),
                _ => AskResult.Failed(),
            });
        }
    }

    public bool Signal(string entityId, object signal) => false;

    public IDisposable Subscribe(string entityId, Audience audience, long? since, IFeedSubscriber subscriber)
    {
        var subscription = new FakeSubscription(entityId, audience.Name, since, subscriber, Remove);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
        }

        _subscribed.TrySetResult();
        return subscription;
    }

    /// <summary>Publishes to an audience, in this call, as an entity's turn does.</summary>
    public void Publish(string audience, params (FeedFrameKind Kind, long Seq, string Json)[] frames)
    {
        var batch = new FeedBatch(
            [.. frames.Select(frame => new FeedFrame(frame.Kind, frame.Seq, Encoding.UTF8.GetBytes(frame.Json)))], frames[^1].Seq);
        foreach (var subscription in Subscriptions.Where(s => s.Audience == audience))
        {
            subscription.Subscriber.Deliver(batch);
        }
    }

    /// <summary>Publishes one event.</summary>
    public void Publish(string audience, long seq, string json) => Publish(audience, (FeedFrameKind.Event, seq, json));

    public void EndAll(FeedEnd reason)
    {
        foreach (var subscription in Subscriptions)
        {
            subscription.Subscriber.End(reason);
        }
    }

    public static AskResult Refuse(string code) => AskResult.Rejected(new Rejection(code, RoomErrors.TextOf(code)), 1);

    private void Remove(FakeSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }
}

/// <summary>Somebody who follows the fake room.</summary>
internal sealed record FakeSubscription(
    string RoomId, string Audience, long? Since, IFeedSubscriber Subscriber, Action<FakeSubscription> OnDispose) : IDisposable
{
    public void Dispose() => OnDispose(this);
}
