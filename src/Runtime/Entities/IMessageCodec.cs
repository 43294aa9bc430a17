using System.Buffers;

namespace AkkaParty.Runtime.Entities;

/// <summary>Turns messages of one family into bytes and back. The manifest names the message and its version.</summary>
/// <typeparam name="T">The message family.</typeparam>
public interface IMessageCodec<T>
    where T : class
{
    /// <summary>The name under which a message is stored or sent, for example <c>party.ballot-submitted.v1</c>.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The manifest: lower case, at most 80 characters, the same object for each message of a type.</returns>
    string Manifest(T message);

    /// <summary>Appends the message's bytes.</summary>
    /// <param name="message">The message.</param>
    /// <param name="output">Where to write.</param>
    void Encode(T message, IBufferWriter<byte> output);

    /// <summary>Reads a message back.</summary>
    /// <param name="manifest">The name it was stored under.</param>
    /// <param name="payload">Its bytes.</param>
    /// <returns>The message.</returns>
    /// <exception cref="UnknownManifestException">No message of this family has that name: a newer or a damaged record.</exception>
    T Decode(string manifest, ReadOnlySpan<byte> payload);
}

/// <summary>A stored or received record names a message this build does not know.</summary>
public sealed class UnknownManifestException : Exception
{
    /// <summary>Names the manifest.</summary>
    /// <param name="manifest">The name that is not known.</param>
    public UnknownManifestException(string manifest)
        : base($"No message is known by the manifest '{manifest}': it was written by a newer version, or it is damaged.")
    {
    }
}
