using System.Collections.Immutable;
using System.Text;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Runtime.TestKit.Counters;

/// <summary>A counter's state.</summary>
public sealed record CounterState(
    long Value, DateTimeOffset? Alarm, bool Pinned, ImmutableSortedSet<string> Connected, ImmutableSortedSet<string> Banned)
{
    /// <summary>Credentials that hold no more.</summary>
    public ImmutableSortedSet<string> Revoked { get; init; } = [];

    public static CounterState Initial { get; } = new(0, null, false, [], []);
}

/// <summary>
/// The smallest entity that uses everything the runtime offers: what runtime tests, the simulation and the benches run.
/// </summary>
public sealed class CounterEntity : EntityDefinition<CounterState, CounterCommand, CounterEvent>
{
    public const string KindName = "counter";

    private readonly CounterEventCodec _events = new();
    private readonly CounterMessageCodec _messages = new();
    private readonly CounterReplyCodec _replies = new();
    private readonly CounterStateCodec _states = new();

    public override string Kind => KindName;

    public override IMessageCodec<CounterEvent> EventCodec => _events;

    public override IMessageCodec<object> MessageCodec => _messages;

    public override IMessageCodec<object> ReplyCodec => _replies;

    public override IStateCodec<CounterState> StateCodec => Broken == "Snapshot" ? BrokenStateCodec.Instance : _states;

    /// <summary>The snapshots' schema version.</summary>
    public int SchemaVersion
    {
        get => _states.SchemaVersion;
        init => _states = new CounterStateCodec { SchemaVersion = value };
    }

    public override SnapshotPolicy SnapshotPolicy => Snapshots;

    public override TimeSpan PassivateAfter => Idle;

    public SnapshotPolicy Snapshots { get; init; } = SnapshotPolicy.Default;

    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(2);

    public bool EventView { get; init; } = true;

    public bool StateView { get; init; }

    /// <summary>The member that throws, by name, to play a definition with a bug; null for none.</summary>
    public string? Broken { get; set; }

    public override bool HasEventView => EventView;

    public override bool HasStateView => StateView;

    public override CounterState Initial(string id) => CounterState.Initial;

    public override Decision<CounterEvent> Decide(CounterState state, CounterCommand command) => command switch
    {
        Add add when state.Value + add.Amount < 0 =>
            Decision<CounterEvent>.Reject("below_zero", $"The value is {state.Value}; it cannot go below zero.", "amount"),
        Add { Amount: 0 } => Decision<CounterEvent>.Answer(new CounterValue(state.Value)),
        Add add => Decision<CounterEvent>.Accept(new Added(add.Amount, add.Note), new CounterValue(state.Value + add.Amount)),
        AddMany many => Decision<CounterEvent>.Accept(
            [.. Enumerable.Repeat(new Added(many.Amount, ""), many.Times)],
            new CounterValue(state.Value + ((long)many.Amount * many.Times))),
        SetAlarm set => Decision<CounterEvent>.Accept(new AlarmSet(set.At), null),
        PassAlarm pass when state.Alarm == pass.Due => Decision<CounterEvent>.Accept(new AlarmPassed(pass.Due), null),
        PassAlarm => Decision<CounterEvent>.Answer(null),
        Pin pin => Decision<CounterEvent>.Accept(new Pinned(pin.Pinned), null),
        Ban ban => Decision<CounterEvent>.Accept(new Banned(ban.Member), null),
        SetConnected set when state.Connected.Contains(set.Member) == set.Connected => Decision<CounterEvent>.Answer(null),
        SetConnected set => Decision<CounterEvent>.Accept(new ConnectionChanged(set.Member, set.Connected), null),
        Revoke revoke => Decision<CounterEvent>.Accept(new Revoked(revoke.Credential), null),
        Break { Where: "decide" } => throw new InvalidOperationException("The decider is broken on purpose."),
        Break bad => Decision<CounterEvent>.Accept(new Poison(bad.Where), null),
        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
    };

    public override CounterState Evolve(CounterState state, CounterEvent @event) => @event switch
    {
        Added added => state with { Value = state.Value + added.Amount },
        AlarmSet set => state with { Alarm = set.At },
        AlarmPassed => state with { Alarm = null, Value = 0 },
        Pinned pinned => state with { Pinned = pinned.On },
        Banned banned => state with { Banned = state.Banned.Add(banned.Member), Connected = state.Connected.Remove(banned.Member) },
        ConnectionChanged changed => state with
        {
            Connected = changed.Connected ? state.Connected.Add(changed.Member) : state.Connected.Remove(changed.Member),
        },
        Revoked revoked => state with { Revoked = state.Revoked.Add(revoked.Credential) },
        Poison { Where: "invariant" } => state with { Value = -1 },
        Poison { Where: "encode" } => state,
        _ => throw new InvalidOperationException($"No evolution for {@event.GetType().Name}."),
    };

    public override Decision<CounterEvent> Answer(CounterState state, object query) => query switch
    {
        Break => throw new InvalidOperationException("The query is broken on purpose."),
        GetValue => Decision<CounterEvent>.Answer(new CounterValue(state.Value)),
        _ => Decision<CounterEvent>.Reject("unknown_query", "There is no such query."),
    };

    public override void CheckInvariants(CounterState state) => Invariant.Check(state.Value >= 0, "A counter is never below zero");

    public override DateTimeOffset? Deadline(CounterState state) => Sound(nameof(Deadline), state.Alarm);

    public override CounterCommand OnDeadline(CounterState state, DateTimeOffset due, DateTimeOffset now) => new PassAlarm(due);

    public override bool KeepAlive(CounterState state) => Sound(nameof(KeepAlive), state.Pinned);

    public override ReadOnlyMemory<byte>? ViewEvent(CounterEvent @event, long seq, Audience audience) => @event switch
    {
        _ when audience.Name == "broken" => throw new InvalidOperationException("This audience's view is broken on purpose."),
        Added added when audience.Name == "public" => Utf8($"{seq}:+{added.Amount}"),
        Added added => Utf8($"{seq}:+{added.Amount}:{added.Note}"),
        AlarmPassed => Utf8($"{seq}:alarm"),
        _ => null,
    };

    public override ReadOnlyMemory<byte>? ViewState(CounterState state, long seq, Audience audience) => Utf8($"{seq}={state.Value}");

    public override ReadOnlyMemory<byte>? ViewSignal(CounterState state, object signal, Audience audience) =>
        signal is Cheer cheer ? Utf8($"~{cheer.Text}") : null;

    public override string? Expels(CounterEvent @event) => (@event as Banned)?.Member;

    public override string? Revokes(CounterEvent @event) => (@event as Revoked)?.Credential;

    public override bool MayRevoke(CounterEvent @event) => @event is Banned;

    /// <summary>A credential holds until it is revoked, or, if it is named after a member, until that one is banned.</summary>
    public override bool Accepts(CounterState state, string? member, string credential) =>
        !state.Revoked.Contains(credential) && !state.Banned.Contains(credential);

    public override bool MayFollow(CounterState state, string member) => Sound(nameof(MayFollow), !state.Banned.Contains(member));

    public override IReadOnlyCollection<string> ConnectedMembers(CounterState state) => Sound(nameof(ConnectedMembers), state.Connected);

    public override CounterCommand OnPresence(CounterState state, string member, bool connected, DateTimeOffset at) =>
        new SetConnected(member, connected);

    private T Sound<T>(string part, T answer) =>
        Broken == part ? throw new InvalidOperationException($"{part} is broken on purpose.") : answer;

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
