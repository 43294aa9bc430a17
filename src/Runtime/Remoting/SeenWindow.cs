namespace AkkaParty.Runtime.Remoting;

/// <summary>
/// The numbers that one run of a peer has used, so that a frame that comes twice counts once. Numbers only grow; one that is
/// further behind the highest than the window is wide counts as seen: its sender gives up on it and knows what that means.
/// </summary>
internal sealed class SeenWindow
{
    /// <summary>How far behind the highest a number may come.</summary>
    public const int Width = 1 << 16;

    private readonly ulong[] _bits = new ulong[Width / 64];
    private long _highest = -1;

    /// <summary>Notes a number.</summary>
    /// <returns>False when it was seen before.</returns>
    public bool IsNew(long number)
    {
        if (number < 0 || (_highest >= 0 && number <= _highest - Width))
        {
            return false;
        }

        if (number > _highest)
        {
            Advance(number);
        }

        ref var word = ref _bits[(number & (Width - 1)) >> 6];
        var bit = 1UL << (int)(number & 63);
        if ((word & bit) != 0)
        {
            return false;
        }

        word |= bit;
        return true;
    }

    /// <summary>Forgets all numbers: what comes over a new link may count from anywhere.</summary>
    public void Reset() => _highest = -1;

    /// <summary>Frees the places of the numbers that come into the window.</summary>
    private void Advance(long number)
    {
        if (_highest < 0 || number - _highest >= Width)
        {
            Array.Clear(_bits);
        }
        else
        {
            for (var next = _highest + 1; next <= number; next++)
            {
                _bits[(next & (Width - 1)) >> 6] &= ~(1UL << (int)(next & 63));
            }
        }

        _highest = number;
    }
}
