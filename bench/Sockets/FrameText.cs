namespace AkkaParty.Bench.Sockets;

/// <summary>Finds a number in a frame's text without parsing it.</summary>
internal static class FrameText
{
    /// <summary>The whole number behind the last occurrence of a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name with its quotation marks and colon.</param>
    /// <returns>0 when there is none.</returns>
    public static long Number(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        var at = text.LastIndexOf(name);
        if (at < 0)
        {
            return 0;
        }

        long number = 0;
        foreach (var digit in text[(at + name.Length)..])
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                break;
            }

            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
