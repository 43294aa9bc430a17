using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AkkaParty.Protocol;

/// <summary>A family of messages with their manifests and their JSON. Built once; from then on safe on every thread.</summary>
/// <typeparam name="TFamily">What the messages have in common.</typeparam>
public sealed class JsonMessageTable<TFamily>
    where TFamily : class
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private readonly Dictionary<Type, (string Manifest, JsonTypeInfo Json)> _byType = [];
    private readonly Dictionary<string, JsonTypeInfo> _byManifest = new(StringComparer.Ordinal);
    private readonly List<(Type Type, string Manifest)> _rows = [];

    /// <summary>Every message type with its manifest, in the order they were added.</summary>
    public IReadOnlyList<(Type Type, string Manifest)> Rows => _rows;

    /// <summary>Adds a message type.</summary>
    /// <typeparam name="TMessage">The type.</typeparam>
    /// <param name="manifest">Its name and version; at most 80 characters.</param>
    /// <param name="json">Its JSON.</param>
    /// <returns>This table.</returns>
    public JsonMessageTable<TFamily> With<TMessage>(string manifest, JsonTypeInfo<TMessage> json)
        where TMessage : TFamily
    {
        _byType.Add(typeof(TMessage), (manifest, json));
        _byManifest.Add(manifest, json);
        _rows.Add((typeof(TMessage), manifest));
        return this;
    }

    /// <summary>The name of a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The same text object for each message of a type.</returns>
    /// <exception cref="KeyNotFoundException">The message's type is not in this table: a bug.</exception>
    public string Manifest(TFamily message) => _byType[message.GetType()].Manifest;

    /// <summary>Appends a message's JSON.</summary>
    /// <param name="message">The message.</param>
    /// <param name="output">Where to write.</param>
    /// <exception cref="KeyNotFoundException">The message's type is not in this table: a bug.</exception>
    public void Encode(TFamily message, IBufferWriter<byte> output)
    {
        var writer = _writer ??= new Utf8JsonWriter(output, WireJson.WriterOptions);
        writer.Reset(output);
        JsonSerializer.Serialize(writer, message, _byType[message.GetType()].Json);
        writer.Flush();
    }

    /// <summary>Reads a message back.</summary>
    /// <param name="manifest">Its name.</param>
    /// <param name="payload">Its JSON.</param>
    /// <param name="message">The message.</param>
    /// <returns>False when the table knows no message by that name.</returns>
    /// <exception cref="JsonException">The JSON is not that of such a message.</exception>
    public bool TryDecode(string manifest, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out TFamily? message)
    {
        message = _byManifest.TryGetValue(manifest, out var json) ? (TFamily?)JsonSerializer.Deserialize(payload, json) : null;
        return message is not null;
    }
}
