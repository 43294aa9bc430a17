using System.Diagnostics;

namespace AkkaParty.Bench.Sockets;

/// <summary>
/// An instant as nine digits of base 36: microseconds of this process's monotonic clock. It travels inside the message,
/// so that whoever receives it knows how long it was under way.
/// </summary>
internal static class Stamp
{
    /// <summary>The digits.</summary>
    public const int Length = 9;

    private static readonly long Origin = Stopwatch.GetTimestamp();

    /// <summary>Microseconds since the process began to count.</summary>
    public static long Now => (long)Stopwatch.GetElapsedTime(Origin).TotalMicroseconds;

    /// <summary>Writes an instant.</summary>
    public static void Write(long microseconds, Span<byte> digits)
    {
        for (var i = Length - 1; i >= 0; i--)
        {
            (microseconds, var digit) = Math.DivRem(microseconds, 36);
            digits[i] = (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
    }

    /// <summary>Reads an instant.</summary>
    /// <returns>-1 when these are not its digits.</returns>
    public static long Read(ReadOnlySpan<byte> digits)
    {
        long microseconds = 0;
        foreach (var digit in digits)
        {
            var value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'z' => digit - 'a' + 10,
                _ => -1,
            };
            if (value < 0)
            {
                return -1;
            }

            microseconds = (microseconds * 36) + value;
        }

        return microseconds;
    }
}
