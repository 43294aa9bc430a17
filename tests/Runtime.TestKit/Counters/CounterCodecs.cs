using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.TestKit.Counters;

/// <summary>JSON through source generation, as the product's own entities are stored.</summary>
internal static class CounterJsonBytes
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static void Write<T>(T message, JsonTypeInfo<T> type, IBufferWriter<byte> output)
    {
        var writer = _writer ??= new Utf8JsonWriter(output);
        writer.Reset(output);
        JsonSerializer.Serialize(writer, message, type);
        writer.Flush();
    }
}

internal sealed class CounterEventCodec : IMessageCodec<CounterEvent>
{
    public string Manifest(CounterEvent message) => message switch
    {
        Added => "counter.added.v1",
        AlarmSet => "counter.alarm-set.v1",
        AlarmPassed => "counter.alarm-passed.v1",
        Pinned => "counter.pinned.v1",
        Banned => "counter.banned.v1",
        ConnectionChanged => "counter.connection-changed.v1",
        Revoked => "counter.revoked.v1",
        Poison => "counter.poison.v1",
        _ => throw new UnknownManifestException(message.GetType().Name),
    };

    public void Encode(CounterEvent message, IBufferWriter<byte> output)
    {
        switch (message)
        {
            case Added added:
                CounterJsonBytes.Write(added, CounterJson.Default.Added, output);
                break;
            case AlarmSet set:
                CounterJsonBytes.Write(set, CounterJson.Default.AlarmSet, output);
                break;
            case AlarmPassed passed:
                CounterJsonBytes.Write(passed, CounterJson.Default.AlarmPassed, output);
                break;
            case Pinned pinned:
                CounterJsonBytes.Write(pinned, CounterJson.Default.Pinned, output);
                break;
            case Banned banned:
                CounterJsonBytes.Write(banned, CounterJson.Default.Banned, output);
                break;
            case ConnectionChanged changed:
                CounterJsonBytes.Write(changed, CounterJson.Default.ConnectionChanged, output);
                break;
            case Revoked revoked:
                CounterJsonBytes.Write(revoked, CounterJson.Default.Revoked, output);
                break;
            default:
                throw new InvalidOperationException("This event cannot be encoded.");
        }
    }

    public CounterEvent Decode(string manifest, ReadOnlySpan<byte> payload) => manifest switch
    {
        "counter.added.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.Added)!,
        "counter.alarm-set.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.AlarmSet)!,
        "counter.alarm-passed.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.AlarmPassed)!,
        "counter.pinned.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.Pinned)!,
        "counter.banned.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.Banned)!,
        "counter.revoked.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.Revoked)!,
        "counter.connection-changed.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.ConnectionChanged)!,
        _ => throw new UnknownManifestException(manifest),
    };
}

internal sealed class CounterMessageCodec : IMessageCodec<object>
{
    public string Manifest(object message) => message switch
    {
        Add => "counter.add.v1",
        AddMany => "counter.add-many.v1",
        SetAlarm => "counter.set-alarm.v1",
        PassAlarm => "counter.pass-alarm.v1",
        Pin => "counter.pin.v1",
        Ban => "counter.ban.v1",
        SetConnected => "counter.set-connected.v1",
        Revoke => "counter.revoke.v1",
        Break => "counter.break.v1",
        GetValue => "counter.get-value.v1",
        Cheer => "counter.cheer.v1",
        _ => throw new UnknownManifestException(message.GetType().Name),
    };

    public void Encode(object message, IBufferWriter<byte> output)
    {
        switch (message)
        {
            case Add add:
                CounterJsonBytes.Write(add, CounterJson.Default.Add, output);
                break;
            case AddMany many:
                CounterJsonBytes.Write(many, CounterJson.Default.AddMany, output);
                break;
            case SetAlarm set:
                CounterJsonBytes.Write(set, CounterJson.Default.SetAlarm, output);
                break;
            case PassAlarm pass:
                CounterJsonBytes.Write(pass, CounterJson.Default.PassAlarm, output);
                break;
            case Pin pin:
                CounterJsonBytes.Write(pin, CounterJson.Default.Pin, output);
                break;
            case Ban ban:
                CounterJsonBytes.Write(ban, CounterJson.Default.Ban, output);
                break;
            case SetConnected set:
                CounterJsonBytes.Write(set, CounterJson.Default.SetConnected, output);
                break;
            case Revoke revoke:
                CounterJsonBytes.Write(revoke, CounterJson.Default.Revoke, output);
                break;
            case Break { Where: "message" }:
                throw new InvalidOperationException("This command cannot be encoded.");
            case Break bad:
                CounterJsonBytes.Write(bad, CounterJson.Default.Break, output);
                break;
            case GetValue:
                break;
            case Cheer cheer:
                CounterJsonBytes.Write(cheer, CounterJson.Default.Cheer, output);
                break;
            default:
                throw new UnknownManifestException(message.GetType().Name);
        }
    }

    public object Decode(string manifest, ReadOnlySpan<byte> payload) => manifest switch
    {
        "counter.add.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.Add)!,
        "counter.add-many.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.AddMany)!,
        "counter.set-alarm.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.SetAlarm)!,
        "counter.pass-alarm.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.PassAlarm)!,
        "counter.pin.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.Pin)!,
        "counter.ban.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.Ban)!,
        "counter.set-connected.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.SetConnected)!,
        "counter.revoke.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.Revoke)!,
        "counter.break.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.Break)!,
        "counter.get-value.v1" => GetValue.Instance,
        "counter.cheer.v1" => JsonSerializer.Deserialize(payload, CounterJson.Default.Cheer)!,
        _ => throw new UnknownManifestException(manifest),
    };
}

internal sealed class CounterReplyCodec : IMessageCodec<object>
{
    public string Manifest(object message) => "counter.value.v1";

    public void Encode(object message, IBufferWriter<byte> output) =>
        CounterJsonBytes.Write((CounterValue)message, CounterJson.Default.CounterValue, output);

    public object Decode(string manifest, ReadOnlySpan<byte> payload) =>
        manifest == "counter.value.v1"
            ? JsonSerializer.Deserialize(payload, CounterJson.Default.CounterValue)!
            : throw new UnknownManifestException(manifest);
}

internal sealed class CounterStateCodec : IStateCodec<CounterState>
{
    public int SchemaVersion { get; init; } = 1;

    public void Encode(CounterState state, IBufferWriter<byte> output) =>
        CounterJsonBytes.Write(state, CounterJson.Default.CounterState, output);

    public CounterState Decode(ReadOnlySpan<byte> payload) => JsonSerializer.Deserialize(payload, CounterJson.Default.CounterState)!;
}

internal sealed class BrokenStateCodec : IStateCodec<CounterState>
{
    public static BrokenStateCodec Instance { get; } = new();

    public int SchemaVersion => 1;

    public void Encode(CounterState state, IBufferWriter<byte> output) =>
        throw new InvalidOperationException("Snapshots are broken on purpose.");

    public CounterState Decode(ReadOnlySpan<byte> payload) => throw new InvalidOperationException("Snapshots are broken on purpose.");
}
