namespace AkkaParty.Runtime.Remoting.Frames;

/// <summary>Questions to the node itself, as bytes.</summary>
internal static class RequestFrames
{
    public static FrameWriter WriteChanged() => FrameWriter.Begin(NodeFrame.ClusterChanged);

    public static FrameWriter WriteRequest(long number, string subject, ReadOnlySpan<byte> body)
    {
        var frame = FrameWriter.Begin(NodeFrame.Request);
        frame.Number(number);
        frame.Text(subject);
        frame.Bytes(body);
        return frame;
    }

    public static FrameWriter WriteResponse(long number, byte[]? body)
    {
        var frame = FrameWriter.Begin(NodeFrame.Response);
        frame.Number(number);
        frame.Byte(body is null ? (byte)0 : (byte)1);
        frame.Bytes(body);
        return frame;
    }
}
