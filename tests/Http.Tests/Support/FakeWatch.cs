using System.Text;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Http.Tests.Support;

/// <summary>
/// Stands in for the region of watch parties: one party with the seats a test gives it. Records every command, signal and subscription, and
/// lets a test decide any answer and publish any frame.
/// </summary>
internal sealed class FakeWatch : IShardRegion, IEntityRegions
{
    public const string PartyId = "0199a000-0000-7000-8000-00000000abcd";
    public const string ItemId = "0199a000-0000-7000-8000-000000000001";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _guestTokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WatchTicketHolder> _tickets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ParticipantView> _seats = new(StringComparer.Ordinal);
    private readonly Dictionary<CommandId, AskResult> _replies = [];
    private readonly List<FakeSubscription> _subscriptions = [];
    private readonly List<object> _asked = [];
    private readonly List<object> _queried = [];
    private readonly List<object> _signals = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Kind => WatchAddress.Kind;

    public long Seq { get; set; } = 5;

    public DateTimeOffset Now { get; set; } = new(2026, 5, 1, 20, 0, 0, TimeSpan.Zero);

    public MediaItem Film { get; set; } = new(ItemId, "Metropolis", DurationMs: 9_000_000);

    public Playback Playback { get; set; } =
        new(ItemId, 12_345, true, 1, new DateTimeOffset(2026, 5, 1, 19, 59, 59, TimeSpan.Zero), null);

    /// <summary>What goes on until <see cref="Playback"/> begins.</summary>
    public List<Playback> Earlier { get; } = [];

    public BarrierView? Barrier { get; set; }

    public List<ChatMessage> Messages { get; } = [];

    /// <summary>The answer to a command; null leaves it to the fake.</summary>
    public Func<object, AskResult?> OnAsk { get; set; } = _ => null;

    /// <summary>The answer to a query; null leaves it to the fake.</summary>
    public Func<object, AskResult?> OnQuery { get; set; } = _ => null;

    /// <summary>What an ask waits for before it is answered.</summary>
    public Func<object, Task> Before { get; set; } = _ => Task.CompletedTask;

    public IReadOnlyList<object> Asked => Copy(_asked);

    public IReadOnlyList<object> Queried => Copy(_queried);

    public IReadOnlyList<object> Signals => Copy(_signals);

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

    /// <summary>How many have followed, those included that do no more.</summary>
    public int SubscribedCount { get; private set; }

    public IShardRegion this[string kind] => kind == Kind ? this : throw new KeyNotFoundException(kind);

    /// <summary>Gives somebody a seat.</summary>
    public void Seat(string memberId, string name, WatchRole role = WatchRole.Viewer, bool guest = false, bool muted = false)
    {
        lock (_gate)
        {
            _seats[memberId] = new ParticipantView(
                memberId, name, null, guest, role, Now, null, false, Now, WatchStatus.Online, muted, null, 0, 100);
        }
    }

    /// <summary>A guest's token.</summary>
    public string SeatGuest(string memberId, string name)
    {
        Seat(memberId, name, guest: true);
        var token = WatchTokens.PrefixOf(PartyId) + new string('a', 32) + Guid.ParseExact(memberId, "D").ToString("N");
        lock (_gate)
        {
            _guestTokens[TokenHash.Of(token)] = memberId;
        }

        return token;
    }

    /// <summary>A ticket that opens a seat once.</summary>
    public string IssueTicket(string memberId, string? session)
    {
        lock (_gate)
        {
            var ticket = WatchTokens.PrefixOf(PartyId) + new string('b', 32) + Guid.ParseExact(memberId, "D").ToString("N");
            _tickets[TokenHash.Of(ticket)] = new WatchTicketHolder(_seats[memberId], session, null);
            return ticket;
        }
    }

    public async ValueTask<AskResult> AskAsync(string entityId, object command, CommandId? commandId = null)
    {
        await Before(command);
        lock (_gate)
        {
            _asked.Add(command);
            Note();
            if (commandId is { } id && _replies.TryGetValue(id, out var earlier))
            {
                return earlier;
            }

            var result = OnAsk(command) ?? Answer(command);
            if (commandId is { } newId)
            {
                _replies[newId] = result;
            }

            return result;
        }
    }

    public ValueTask<AskResult> QueryAsync(string entityId, object query, long seqMin = 0)
    {
        lock (_gate)
        {
            _queried.Add(query);
            Note();
            return new(entityId != PartyId ? Refuse(WatchErrorCodes.WatchPartyNotFound) : OnQuery(query) ?? Look((WatchQuery)query));
        }
    }

    public bool Signal(string entityId, object signal)
    {
        lock (_gate)
        {
            _signals.Add(signal);
            Note();
            return true;
        }
    }

    public IDisposable Subscribe(string entityId, Audience audience, long? since, IFeedSubscriber subscriber)
    {
        var subscription = new FakeSubscription(entityId, audience.Name, since, subscriber, Remove);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
            SubscribedCount++;
            Note();
        }

        return subscription;
    }

    /// <summary>Publishes to an audience, in this call, as an entity's turn does.</summary>
    public void Publish(string audience, params (long Seq, string Json)[] frames)
    {
        var batch = new FeedBatch(
            [.. frames.Select(frame => new FeedFrame(FeedFrameKind.Event, frame.Seq, Encoding.UTF8.GetBytes(frame.Json)))], frames[^1].Seq);
        Seq = frames[^1].Seq;
        foreach (var subscription in Subscriptions.Where(s => s.Audience == audience))
        {
            subscription.Subscriber.Deliver(batch);
        }
    }

    public void EndAll(FeedEnd reason)
    {
        foreach (var subscription in Subscriptions)
        {
            subscription.Subscriber.End(reason);
        }
    }

    /// <summary>Waits until something holds that only calls change.</summary>
    public async Task UntilAsync(Func<bool> holds, string what)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                next = _changed.Task;
            }

            if (holds())
            {
                return;
            }

            try
            {
                await next.WaitAsync(TimeSpan.FromSeconds(10));
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"Nothing happened for 10 s while waiting until {what}.");
            }
        }
    }

    public static AskResult Refuse(string code) => AskResult.Rejected(new Rejection(code, WatchErrors.TextOf(code)), 1);

    public PlaybackChanged State() => PlaybackChanged.Of(View());

    private AskResult Answer(object command) => command switch
    {
        RedeemWatchTicket redeem => _tickets.Remove(redeem.TicketHash, out var holder)
            ? AskResult.Replied(Redeemed(holder, redeem), Seq)
            : Refuse(WatchErrorCodes.WatchTicketInvalid),
        SendWatchMessage said => AskResult.Replied(
            new MessageSaid(
                new ChatMessage("m1", said.Actor.MemberId!, "Ada", said.Text, said.At, ItemId, 0, false), 9),
            Seq),
        AddMediaItem or RemoveMediaItem or MoveMediaItem => AskResult.Replied(new PlaylistChanged([Film], Playback), Seq),
        PlaybackCommand => AskResult.Replied(State(), Seq),
        _ => AskResult.Replied(WatchDone.Instance, Seq),
    };

    private WatchTicketHolder Redeemed(WatchTicketHolder holder, RedeemWatchTicket redeem)
    {
        if (!holder.Member.IsGuest)
        {
            return holder;
        }

        _guestTokens[redeem.GuestToken.Hash] = holder.Member.MemberId;
        return holder with { TokenExpiresAt = redeem.GuestToken.ExpiresAt };
    }

    private AskResult Look(WatchQuery query)
    {
        var actor = query.Actor;
        var memberId = actor.GuestTokenHash is null ? actor.MemberId : _guestTokens.GetValueOrDefault(actor.GuestTokenHash);
        if (actor.GuestTokenHash is not null && memberId is null)
        {
            return Refuse(WatchErrorCodes.GuestTokenInvalid);
        }

        if (memberId is null || !_seats.TryGetValue(memberId, out var seat))
        {
            return Refuse(WatchErrorCodes.NotAParticipant);
        }

        DateTimeOffset? tokenEnd = seat.IsGuest ? Now.AddHours(24) : null;
        return AskResult.Replied(
            query switch
            {
                GetWatchSeat => new WatchSeat(seat, tokenEnd, Seq),
                GetWatchWelcome => new WatchWelcome(View(), [.. Messages], seat, tokenEnd),
                ListParticipants => new ParticipantList([.. _seats.Values], Seq),
                GetPlayback => State(),
                ListMessages => new MessageList([.. Messages]),
                _ => throw new ArgumentOutOfRangeException(nameof(query), query, "The fake does not answer this."),
            },
            Seq);
    }

    private Playback InEffect => Earlier.Count > 0 ? Earlier[0] : Playback;

    public WatchPartyView View() => new()
    {
        Id = PartyId,
        Seq = Seq,
        Title = "Friday",
        Settings = new WatchSettings(),
        CreatedAt = Now,
        Items = [Film],
        Playback = Playback,
        Before = [.. Earlier],
        BeforeDurationsMs = [.. Earlier.Select(_ => Film.DurationMs)],
        PositionMs = InEffect.PositionAt(Now, Film.DurationMs),
        IsPlaying = InEffect.Playing && InEffect.At <= Now,
        Barrier = Barrier,
        Participants = [.. _seats.Values],
        ParticipantCount = _seats.Count,
        Now = Now,
    };

    private void Remove(FakeSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
            Note();
        }
    }

    private IReadOnlyList<object> Copy(List<object> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }

    private void Note()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
