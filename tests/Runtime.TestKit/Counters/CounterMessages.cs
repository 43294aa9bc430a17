using System.Text.Json.Serialization;

namespace AkkaParty.Runtime.TestKit.Counters;

/// <summary>A command to a counter.</summary>
public abstract record CounterCommand;

/// <summary>Adds to the value; refused below zero.</summary>
public sealed record Add(int Amount, string Note = "") : CounterCommand;

/// <summary>Adds several times, one event each.</summary>
public sealed record AddMany(int Amount, int Times) : CounterCommand;

/// <summary>Sets the instant at which the counter resets itself; null for never.</summary>
public sealed record SetAlarm(DateTimeOffset? At) : CounterCommand;

/// <summary>The alarm has passed.</summary>
public sealed record PassAlarm(DateTimeOffset Due) : CounterCommand;

/// <summary>Keeps the counter in memory, or lets it go.</summary>
public sealed record Pin(bool Pinned) : CounterCommand;

/// <summary>Shuts a member out.</summary>
public sealed record Ban(string Member) : CounterCommand;

/// <summary>A member's connection came or went.</summary>
public sealed record SetConnected(string Member, bool Connected) : CounterCommand;

/// <summary>Ends what was opened with a credential.</summary>
public sealed record Revoke(string Credential) : CounterCommand;

/// <summary>Makes the decider, the evolve or the codec throw.</summary>
public sealed record Break(string Where) : CounterCommand;

/// <summary>Asks for the value.</summary>
public sealed record GetValue
{
    public static GetValue Instance { get; } = new();
}

/// <summary>The value, as replies carry it.</summary>
public sealed record CounterValue(long Value);

/// <summary>Something that passes.</summary>
public sealed record Cheer(string Text);

/// <summary>What happened to a counter.</summary>
public abstract record CounterEvent;

public sealed record Added(int Amount, string Note) : CounterEvent;

public sealed record AlarmSet(DateTimeOffset? At) : CounterEvent;

public sealed record AlarmPassed(DateTimeOffset Due) : CounterEvent;

public sealed record Pinned(bool On) : CounterEvent;

public sealed record Banned(string Member) : CounterEvent;

public sealed record ConnectionChanged(string Member, bool Connected) : CounterEvent;

public sealed record Revoked(string Credential) : CounterEvent;

public sealed record Poison(string Where) : CounterEvent;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Added))]
[JsonSerializable(typeof(AlarmSet))]
[JsonSerializable(typeof(AlarmPassed))]
[JsonSerializable(typeof(Pinned))]
[JsonSerializable(typeof(Banned))]
[JsonSerializable(typeof(ConnectionChanged))]
[JsonSerializable(typeof(Revoked))]
[JsonSerializable(typeof(Add))]
[JsonSerializable(typeof(AddMany))]
[JsonSerializable(typeof(SetAlarm))]
[JsonSerializable(typeof(PassAlarm))]
[JsonSerializable(typeof(Pin))]
[JsonSerializable(typeof(Ban))]
[JsonSerializable(typeof(SetConnected))]
[JsonSerializable(typeof(Revoke))]
[JsonSerializable(typeof(Break))]
[JsonSerializable(typeof(Cheer))]
[JsonSerializable(typeof(CounterValue))]
[JsonSerializable(typeof(CounterState))]
internal sealed partial class CounterJson : JsonSerializerContext;
