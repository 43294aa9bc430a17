using System.Text;

namespace AkkaParty.Bench.Sockets;

/// <summary>What the load generator sends: whole masked frames (with a mask of zeros, which changes nothing).</summary>
internal static class ClientFrames
{
    private const string ReactionHead = """{"type":"reaction","payload":{"reaction":" """;
    private static readonly byte[] ReactionPayload =
        Encoding.ASCII.GetBytes(ReactionHead.TrimEnd() + new string('0', Stamp.Length) + "\"}}");

    /// <summary>How many bytes stand behind the stamp at the end of a reaction, the server's too.</summary>
    public const int AfterStamp = 3;

    /// <summary>A pong without content.</summary>
    public static byte[] Pong { get; } = [0x8A, 0x80, 0, 0, 0, 0];

    /// <summary>A vote in favour, and one against.</summary>
    public static byte[][] Votes { get; } =
    [
        Text("""{"type":"vote_nomination","payload":{"vote":"yay"}}"""),
        Text("""{"type":"vote_nomination","payload":{"vote":"nay"}}"""),
    ];

    /// <summary>A nomination of a film of the built-in catalogue.</summary>
    public static byte[] Suggest(string film) => Text($$$"""{"type":"suggest_movie","payload":{"tmdb_id":"{{{film}}}"}}""");

    /// <summary>A reaction whose text is an instant.</summary>
    public static byte[] Reaction(long microseconds)
    {
        var frame = Text(ReactionPayload);
        Stamp.Write(microseconds, frame.AsSpan(frame.Length - AfterStamp - Stamp.Length, Stamp.Length));
        return frame;
    }

    private static byte[] Text(string payload) => Text(Encoding.UTF8.GetBytes(payload));

    private static byte[] Text(ReadOnlySpan<byte> payload)
    {
        // All of these are shorter than 126 bytes.
        byte[] frame = [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
        return frame;
    }
}
