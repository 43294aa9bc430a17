using System.Text.Json;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Http.Tests.Support;

/// <summary>
/// Stands in for the party's region: keeps tokens and views, records every command, remembers replies by command id as
/// the runtime does, and lets a test decide any answer.
/// </summary>
internal sealed class FakeParty : IShardRegion, IEntityRegions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PartyView> _views = [];
    private readonly Dictionary<(string Party, string Hash), (PartyMember Member, bool Revoked)> _tokens = [];
    private readonly Dictionary<(string Party, CommandId Id), AskResult> _replies = [];
    private readonly List<(string Party, IFeedSubscriber Subscriber)> _subscribers = [];
    private readonly List<object> _signals = [];
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Kind => "party";

    public List<(string Party, object Command, CommandId? Id)> Asked { get; } = [];

    /// <summary>Overrides the answer to a command; null leaves it to the fake.</summary>
    public Func<object, AskResult?> OnAsk { get; set; } = _ => null;

    /// <summary>Held back until the test completes it; null for no delay.</summary>
    public Task? AskGate { get; set; }

    public IReadOnlyList<object> Signals => _signals;

    public Task Subscribed => _subscribed.Task;

    public IShardRegion this[string kind] => kind == Kind ? this : throw new KeyNotFoundException(kind);

    public async ValueTask<AskResult> AskAsync(string entityId, object command, CommandId? commandId = null)
    {
        if (AskGate is { } gate)
        {
            await gate;
        }

        AskResult result;
        PartyView? changed = null;
        lock (_gate)
        {
            Asked.Add((entityId, command, commandId));
            if (commandId is { } id && _replies.TryGetValue((entityId, id), out var earlier))
            {
                return earlier;
            }

            var before = _views.GetValueOrDefault(entityId);
            result = OnAsk(command) ?? Decide(entityId, command);
            if (commandId is { } newId && result.Outcome == AskOutcome.Replied)
            {
                _replies[(entityId, newId)] = result;
            }

            changed = _views.GetValueOrDefault(entityId) is { } after && after != before ? after : null;
        }

        if (changed is not null)
        {
            ShowAll(entityId, changed);
        }

        return result;
    }

    // As a turn does: whoever looks is shown what changed before whoever asked has the answer.
    private void ShowAll(string partyId, PartyView view)
    {
        foreach (var (_, subscriber) in Subscribers().Where(s => s.Party == partyId))
        {
            subscriber.Deliver(StateBatch(view));
        }
    }

    public ValueTask<AskResult> QueryAsync(string entityId, object query, long seqMin = 0)
    {
        lock (_gate)
        {
            if (!_views.TryGetValue(entityId, out var view))
            {
                return new(Refuse(PartyErrorCodes.PartyNotFound));
            }

            return new(query switch
            {
                GetParty => AskResult.Replied(view, view.Seq),
                AuthenticateCaller who => _tokens.TryGetValue((entityId, who.TokenHash), out var token) && !token.Revoked
                    && token.Member.ExpiresAt > who.At
                    ? AskResult.Replied(token.Member, view.Seq)
                    : Refuse(PartyErrorCodes.InvalidToken),
                GetOwnBallot => AskResult.Replied(new OwnBallot(["11"]), view.Seq),
                _ => AskResult.Failed(),
            });
        }
    }

    public bool Signal(string entityId, object signal)
    {
        lock (_gate)
        {
            _signals.Add(signal);
            return true;
        }
    }

    public IDisposable Subscribe(string entityId, Audience audience, long? since, IFeedSubscriber subscriber)
    {
        PartyView view;
        lock (_gate)
        {
            _subscribers.Add((entityId, subscriber));
            view = _views[entityId];
        }

        if (since != view.Seq)
        {
            subscriber.Deliver(StateBatch(view));
        }

        _subscribed.TrySetResult();
        return new Subscription(() =>
        {
            lock (_gate)
            {
                _subscribers.Remove((entityId, subscriber));
            }
        });
    }

    /// <summary>Publishes to everybody, in this call, as an entity's turn does.</summary>
    public void Publish(params FeedFrame[] frames)
    {
        var batch = new FeedBatch(frames, frames[^1].Seq);
        foreach (var (_, subscriber) in Subscribers())
        {
            subscriber.Deliver(batch);
        }
    }

    public void EndAll(FeedEnd reason)
    {
        foreach (var (_, subscriber) in Subscribers())
        {
            subscriber.End(reason);
        }
    }

    public int SubscriberCount => Subscribers().Count;

    public void Revoke(string partyId, string hash)
    {
        lock (_gate)
        {
            _tokens[(partyId, hash)] = _tokens[(partyId, hash)] with { Revoked = true };
        }
    }

    /// <summary>A party with its host, put there without a call.</summary>
    public (string PartyId, string UserId, string Token) Seed(ManualTime time, string name = "Friday")
    {
        var partyId = Guid.CreateVersion7().ToString();
        var userId = Guid.CreateVersion7().ToString();
        var token = PartyToken.New(partyId);
        lock (_gate)
        {
            Open(partyId, name, userId, "Host", TokenHash.Of(token), time.GetUtcNow(), time.GetUtcNow().AddHours(24), null);
        }

        return (partyId, userId, token);
    }

    public void Bump(string partyId)
    {
        lock (_gate)
        {
            _views[partyId] = _views[partyId] with { Seq = _views[partyId].Seq + 1 };
        }
    }

    private List<(string Party, IFeedSubscriber Subscriber)> Subscribers()
    {
        lock (_gate)
        {
            return [.. _subscribers];
        }
    }

    private AskResult Decide(string partyId, object command)
    {
        if (command is CreateParty create)
        {
            return Open(partyId, create.Name, create.HostId, create.HostName, create.TokenHash, create.At, create.TokenExpiresAt,
                create.Fingerprint);
        }

        if (!_views.TryGetValue(partyId, out var view))
        {
            return Refuse(PartyErrorCodes.PartyNotFound);
        }

        if (command is CallerCommand { Caller: var caller }
            && (!_tokens.TryGetValue((partyId, caller.TokenHash), out var token) || token.Revoked))
        {
            return Refuse(PartyErrorCodes.InvalidToken);
        }

        view = _views[partyId] = view with { Seq = view.Seq + 1 };
        var fingerprint = ((PartyCommand)command).Fingerprint;
        switch (command)
        {
            case JoinParty join:
                var joined = new ParticipantView(join.UserId, join.Username, false, false, false, join.At);
                view = _views[partyId] = view with
                {
                    Participants = new Dictionary<string, ParticipantView>(view.Participants) { [join.UserId] = joined },
                };
                AddToken(partyId, join.TokenHash, join.UserId, join.Username, false, join.TokenExpiresAt);
                return AskResult.Replied(new PartyEntered(join.UserId, joined, view) { Fingerprint = fingerprint }, view.Seq);
            case IssueToken issue:
                AddToken(partyId, issue.TokenHash, issue.UserId, "?", false, issue.ExpiresAt);
                break;
            case LeaveParty or RevokeToken:
                var hash = ((CallerCommand)command).Caller.TokenHash;
                Revoke(partyId, hash);
                foreach (var (_, subscriber) in Subscribers().Where(s => s.Party == partyId && s.Subscriber.Credential == hash))
                {
                    subscriber.End(FeedEnd.Revoked);
                }

                break;
        }

        return AskResult.Replied(new PartyDone { Fingerprint = fingerprint }, view.Seq);
    }

    private AskResult Open(
        string partyId, string name, string hostId, string hostName, string hash, DateTimeOffset at, DateTimeOffset expiresAt,
            string? fingerprint)
    {
        var host = new ParticipantView(hostId, hostName, true, false, false, at);
        var view = new PartyView(
            partyId, name, new Dictionary<string, ParticipantView> { [hostId] = host }, PartyPhase.Lobby, at, null, null, null, null,
                null, null, 2, 1, null, new());
        _views[partyId] = view;
        AddToken(partyId, hash, hostId, hostName, true, expiresAt);
        return AskResult.Replied(new PartyOpened(hostId, view) { Fingerprint = fingerprint }, view.Seq);
    }

    private void AddToken(string partyId, string hash, string userId, string username, bool isHost, DateTimeOffset expiresAt) =>
        _tokens[(partyId, hash)] = (new PartyMember(userId, username, isHost, expiresAt, false, false), false);

    private static FeedBatch StateBatch(PartyView view) => new(
        [new FeedFrame(FeedFrameKind.State, view.Seq, JsonSerializer.SerializeToUtf8Bytes(
            new PartyUpdateFrame(new PartyUpdatePayload(view), view.Seq), PartyJsonContext.Wire.PartyUpdateFrame))],
        view.Seq);

    public static AskResult Refuse(string code) => AskResult.Rejected(new Rejection(code, PartyErrors.TextOf(code)), 1);

    private sealed class Subscription(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
