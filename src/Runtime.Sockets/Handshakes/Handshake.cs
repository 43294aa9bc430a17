using System.Security.Cryptography;

namespace AkkaParty.Runtime.Sockets.Handshakes;

/// <summary>
/// The dialer says hello, the listener says hello, the dialer proves that it knows the secret, the listener - once the dialer is a
/// member - does the same. The dialer goes first, so that nobody who merely connects is given anything to guess the secret from.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="secret">The cluster's secret.</param>
/// <param name="cluster">The cluster's name.</param>
/// <param name="featureLevel">The newest formats this node reads.</param>
internal sealed class Handshake(Stream stream, ClusterSecret secret, string cluster, int featureLevel)
{
    private readonly HandshakeWire _wire = new(stream);
    private byte[] _dialers = [];
    private byte[] _listeners = [];

    /// <summary>The whole of it, on the dialer's side.</summary>
    /// <param name="self">This run.</param>
    /// <param name="peer">Who must answer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the listener said of itself.</returns>
    public async Task<Hello> DialAsync(NodeRun self, NodeRun peer, CancellationToken cancellationToken)
    {
        _dialers = SayHello(LinkRole.Dialer, self, peer);
        await _wire.WriteAsync(HandshakeMessage.Hello, _dialers, cancellationToken);
        _listeners = await _wire.ReadAsync(HandshakeMessage.Hello, cancellationToken);
        var hello = Hello.Decode(_listeners);
        CheckHello(hello, LinkRole.Listener, self);
        Require(hello.From == peer, Refusal.OtherNode);
        await _wire.WriteAsync(
            HandshakeMessage.Proof, secret.Prove(LinkRole.Dialer, _dialers, _listeners), cancellationToken);
        secret.Check(
            await _wire.ReadAsync(HandshakeMessage.Welcome, cancellationToken), LinkRole.Listener, _dialers, _listeners);
        return hello;
    }

    /// <summary>The listener's side, up to the point where it knows that the dialer is who it says.</summary>
    /// <param name="selfNamed">This run, once it is known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What the dialer said of itself, proved.</returns>
    public async Task<Hello> AuthenticateAsync(Func<CancellationToken, Task<NodeRun>> selfNamed, CancellationToken cancellationToken)
    {
        _dialers = await _wire.ReadAsync(HandshakeMessage.Hello, cancellationToken);
        var hello = Hello.Decode(_dialers);
        var self = await selfNamed(cancellationToken);
        CheckHello(hello, LinkRole.Dialer, self);
        Require(string.CompareOrdinal(hello.From.Name, self.Name) < 0, Refusal.Role);
        _listeners = SayHello(LinkRole.Listener, self, hello.From);
        await _wire.WriteAsync(HandshakeMessage.Hello, _listeners, cancellationToken);
        secret.Check(
            await _wire.ReadAsync(HandshakeMessage.Proof, cancellationToken), LinkRole.Dialer, _dialers, _listeners);
        return hello;
    }

    /// <summary>The listener's last word: the link is up.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that completes when it is said.</returns>
    public Task WelcomeAsync(CancellationToken cancellationToken) =>
        _wire.WriteAsync(HandshakeMessage.Welcome, secret.Prove(LinkRole.Listener, _dialers, _listeners), cancellationToken);

    /// <summary>Tells the other end that there will be no link.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that completes when it is said.</returns>
    public Task RefuseAsync(Refusal refusal, CancellationToken cancellationToken) =>
        _wire.WriteAsync(HandshakeMessage.Refused, new[] { (byte)refusal }, cancellationToken);

    private byte[] SayHello(LinkRole role, NodeRun from, NodeRun to) =>
        new Hello(role, from, to, cluster, featureLevel, RandomNumberGenerator.GetBytes(Hello.NonceBytes)).Encode();

    private void CheckHello(Hello hello, LinkRole role, NodeRun self)
    {
        Require(hello.Role == role, Refusal.Malformed);
        Require(string.Equals(hello.Cluster, cluster, StringComparison.Ordinal), Refusal.Cluster);
        Require(hello.To == self, Refusal.OtherNode);
    }

    private static void Require(bool holds, Refusal otherwise)
    {
        if (!holds)
        {
            throw new RefusedException(otherwise);
        }
    }
}
