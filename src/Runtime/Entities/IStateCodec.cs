using System.Buffers;

namespace AkkaParty.Runtime.Entities;

/// <summary>Turns an entity's state into a snapshot's bytes and back.</summary>
/// <typeparam name="TState">The state.</typeparam>
public interface IStateCodec<TState>
{
    /// <summary>The shape's version. A snapshot of any other version is ignored and the entity replays from its events.</summary>
    int SchemaVersion { get; }

    /// <summary>Appends the state's bytes.</summary>
    /// <param name="state">The state.</param>
    /// <param name="output">Where to write.</param>
    void Encode(TState state, IBufferWriter<byte> output);

    /// <summary>Reads a state back.</summary>
    /// <param name="payload">Bytes that <see cref="Encode"/> wrote under the same <see cref="SchemaVersion"/>.</param>
    /// <returns>The state.</returns>
    TState Decode(ReadOnlySpan<byte> payload);
}
