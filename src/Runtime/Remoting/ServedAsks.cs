using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Remoting.Frames;

namespace AkkaParty.Runtime.Remoting;

/// <summary>The asks that one run of a peer sends to entities that live here. No task waits for them: their answer sends itself.</summary>
internal sealed class ServedAsks(Peer peer) : IAskOrigin
{
    private static readonly AskResult NotKnown =
        AskResult.Unavailable("no_home", "The node that serves this does not know such a request yet; try again.");

    private readonly PeerLinks _peers = peer.Links;

    /// <summary>Delivers an ask, or says that its entity lives elsewhere.</summary>
    public void Receive(in AskFrame frame, TextCache texts, SeenWindow seen)
    {
        if (_peers.RegionOf(frame.Kind) is not { } region)
        {
            Send(AskFrames.WriteReply(frame.Number, NotKnown, NoCodec.Instance), frame.Number);
            return;
        }

        var entityId = texts.Get(frame.EntityId);
        object message;
        try
        {
            message = region.MessageCodec.Decode(texts.Get(frame.Manifest), frame.Payload);
        }
        catch (Exception error)
        {
            _peers.Logger.AskUnreadable(error, new EntityAddress(region.Kind, entityId), peer.Name);
            Send(AskFrames.WriteReply(frame.Number, NotKnown, NoCodec.Instance), frame.Number);
            return;
        }

        // Only now: what cannot be read has no number that counts.
        if (!seen.IsNew(frame.Number))
        {
            return;
        }

        var ask = Ask.Rent(message, frame.IsQuery, frame.Command, frame.SeqMin);
        ask.ComesFrom(this, frame.Number);
        region.Serve(ask, entityId);
    }

    /// <inheritdoc />
    public void Answer(Ask ask)
    {
        FrameWriter frame;
        try
        {
            frame = AskFrames.WriteReply(ask.OriginNumber, ask.Result, ask.Region.ReplyCodec);
        }
        catch (Exception error)
        {
            _peers.Logger.NotEncoded(error, new EntityAddress(ask.Region.Kind, ask.EntityId), ask.Result.Reply!.GetType().Name);
            frame = AskFrames.WriteReply(ask.OriginNumber, Unsayable(ask), NoCodec.Instance);
        }

        if (frame.Length > _peers.Transport.FrameBytesMax)
        {
            frame = AskFrames.WriteReply(ask.OriginNumber, Unsayable(ask), NoCodec.Instance);
        }

        Send(frame, ask.OriginNumber);
    }

    /// <inheritdoc />
    public void AnswerMoved(Ask ask) => Send(AskFrames.WriteMoved(ask.OriginNumber), ask.OriginNumber);

    /// <summary>What was carried out stays so, even when nobody can be told what came of it.</summary>
    private static AskResult Unsayable(Ask ask) => ask.IsQuery ? AskResult.Failed() : AskResult.Unknown();

    private void Send(FrameWriter frame, long number)
    {
        // A lost answer is noticed by the node that asked: its link went down as well, or its patience ends.
        if (!peer.IsUp || !_peers.Transport.TrySend(peer.Name, frame.Written))
        {
            _peers.Logger.AnswerNotSent(number, peer.Name);
        }
    }

    /// <summary>For answers without a reply.</summary>
    private sealed class NoCodec : IMessageCodec<object>
    {
        public static NoCodec Instance { get; } = new();

        public string Manifest(object message) => throw new UnknownManifestException(message.GetType().Name);

        public void Encode(object message, System.Buffers.IBufferWriter<byte> output) =>
            throw new UnknownManifestException(message.GetType().Name);

        public object Decode(string manifest, ReadOnlySpan<byte> payload) => throw new UnknownManifestException(manifest);
    }
}
