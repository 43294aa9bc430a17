namespace AkkaParty.Runtime.Remoting.Frames;

/// <summary>A frame from another node cannot be read. It is dropped, logged and counted; the link goes on.</summary>
internal sealed class MalformedFrameException(string message) : Exception(message);
