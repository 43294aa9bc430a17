using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Remoting.Frames;

/// <summary>An ask as it came over a link; its message is still bytes.</summary>
internal readonly ref struct AskFrame
{
    public required long Number { get; init; }

    public required bool IsQuery { get; init; }

    public required CommandId? Command { get; init; }

    public required long SeqMin { get; init; }

    public required ReadOnlySpan<byte> Kind { get; init; }

    public required ReadOnlySpan<byte> EntityId { get; init; }

    public required ReadOnlySpan<byte> Manifest { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }
}

/// <summary>Asks and their answers as bytes.</summary>
internal static class AskFrames
{
    private const byte QueryFlag = 1;
    private const byte CommandIdFlag = 2;
    private const byte SeqMinFlag = 4;
    private const byte ReplyFlag = 1;
    private const byte RejectionFlag = 2;
    private const byte RetryAfterFlag = 4;

    public static FrameWriter Write(Ask ask, long number)
    {
        var frame = FrameWriter.Begin(NodeFrame.Ask);
        frame.Number(number);
        var hasId = ask.Command.Number != 0;
        frame.Byte((byte)((ask.IsQuery ? QueryFlag : 0) | (hasId ? CommandIdFlag : 0) | (ask.SeqMin != 0 ? SeqMinFlag : 0)));
        frame.Text(ask.Region.Kind);
        frame.Text(ask.EntityId);
        if (hasId)
        {
            frame.Id(ask.Command.Session);
            frame.Number(ask.Command.Number);
        }

        if (ask.SeqMin != 0)
        {
            frame.Number(ask.SeqMin);
        }

        Write(frame, ask.Region.MessageCodec, ask.Message);
        return frame;
    }

    public static AskFrame Read(FrameReader frame)
    {
        var number = frame.Number();
        var flags = frame.Byte();
        var kind = frame.TextBytes();
        var entityId = frame.TextBytes();
        return new AskFrame
        {
            Number = number,
            IsQuery = (flags & QueryFlag) != 0,
            Kind = kind,
            EntityId = entityId,
            Command = (flags & CommandIdFlag) != 0 ? new CommandId(frame.Id(), frame.Number()) : null,
            SeqMin = (flags & SeqMinFlag) != 0 ? frame.Number() : 0,
            Manifest = frame.TextBytes(),
            Payload = frame.Rest,
        };
    }

    public static FrameWriter WriteReply(long number, in AskResult result, IMessageCodec<object> codec)
    {
        var frame = FrameWriter.Begin(NodeFrame.Reply);
        frame.Number(number);
        frame.Byte((byte)result.Outcome);
        frame.Byte((byte)((result.Reply is null ? 0 : ReplyFlag)
            | (result.Rejection is null ? 0 : RejectionFlag)
            | (result.RetryAfter is null ? 0 : RetryAfterFlag)));
        frame.Number(result.Seq);
        if (result.RetryAfter is { } retryAfter)
        {
            frame.Number((long)retryAfter.TotalMilliseconds);
        }

        if (result.Rejection is { } rejection)
        {
            frame.Text(rejection.Code);
            frame.Text(rejection.Message);
            frame.OptionalText(rejection.Field);
        }

        if (result.Reply is { } reply)
        {
            Write(frame, codec, reply);
        }

        return frame;
    }

    public static AskResult ReadReply(FrameReader frame, IMessageCodec<object> codec, TextCache texts)
    {
        var outcome = (AskOutcome)frame.Byte();
        if (outcome > AskOutcome.Failed)
        {
            throw new MalformedFrameException($"There is no outcome {(int)outcome}.");
        }

        var flags = frame.Byte();
        var seq = frame.Number();
        TimeSpan? retryAfter = (flags & RetryAfterFlag) != 0 ? TimeSpan.FromMilliseconds(frame.Number()) : null;
        var rejection = (flags & RejectionFlag) != 0 ? new Rejection(frame.Text(), frame.Text(), frame.OptionalText()) : null;
        var reply = (flags & ReplyFlag) != 0 ? codec.Decode(texts.Get(frame.TextBytes()), frame.Rest) : null;
        return AskResult.Of(outcome, reply, seq, rejection, retryAfter);
    }

    public static FrameWriter WriteMoved(long number)
    {
        var frame = FrameWriter.Begin(NodeFrame.Moved);
        frame.Number(number);
        return frame;
    }

    public static FrameWriter WriteSignal(string kind, string entityId, IMessageCodec<object> codec, object signal)
    {
        var frame = FrameWriter.Begin(NodeFrame.Signal);
        frame.Text(kind);
        frame.Text(entityId);
        Write(frame, codec, signal);
        return frame;
    }

    private static void Write(FrameWriter frame, IMessageCodec<object> codec, object message)
    {
        frame.Text(codec.Manifest(message));
        codec.Encode(message, frame);
    }
}
