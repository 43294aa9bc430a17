using System.Buffers;
using AkkaParty.Protocol;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors;

/// <summary>Gives the runtime the messages of a <see cref="JsonMessageTable{TFamily}"/>.</summary>
/// <typeparam name="TFamily">The message family.</typeparam>
/// <param name="table">Manifests and JSON.</param>
internal sealed class JsonTableCodec<TFamily>(JsonMessageTable<TFamily> table) : IMessageCodec<TFamily>
    where TFamily : class
{
    /// <inheritdoc />
    public string Manifest(TFamily message) => table.Manifest(message);

    /// <inheritdoc />
    public void Encode(TFamily message, IBufferWriter<byte> output) => table.Encode(message, output);

    /// <inheritdoc />
    public TFamily Decode(string manifest, ReadOnlySpan<byte> payload) =>
        table.TryDecode(manifest, payload, out var message) ? message : throw new UnknownManifestException(manifest);
}
