namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// Which of several seeks holds. They are ordered by when they were meant, not by when they arrived; within a quarter of a second the
/// host's is preferred, whichever arrives first. So, whatever way they took, the same one wins: the host's last one within that time before
/// the last of all, else the last of all; only of two others' seeks of the same millisecond the one that arrives later.
/// </summary>
/// <param name="LastMeantAt">When the last one that holds was meant; null when there was none.</param>
/// <param name="HostMeantAt">When the host's last one that held was meant; null when there was none.</param>
internal readonly record struct SeekOrder(DateTimeOffset? LastMeantAt, DateTimeOffset? HostMeantAt)
{
    /// <summary>How close two seeks are one decision of two people.</summary>
    internal static readonly TimeSpan Tie = TimeSpan.FromMilliseconds(250);

    /// <summary>How long ago a client may say it meant a seek.</summary>
    internal static readonly TimeSpan Past = TimeSpan.FromSeconds(5);

    /// <summary>When a seek counts as meant: in whole milliseconds, not in the future, not longer ago than <see cref="Past"/>.</summary>
    /// <param name="meantAt">What the client says; null for nothing.</param>
    /// <param name="at">When the call arrived.</param>
    /// <returns>The time.</returns>
    internal static DateTimeOffset Meant(DateTimeOffset? meantAt, DateTimeOffset at)
    {
        var meant = meantAt is not { } said || said > at ? at : said < at - Past ? at - Past : said;
        return meant.AddTicks(-(meant.Ticks % TimeSpan.TicksPerMillisecond));
    }

    /// <summary>Whether a seek holds.</summary>
    /// <param name="meant">When it was meant (<see cref="Meant"/>).</param>
    /// <param name="byHost">Whether it is the host's.</param>
    /// <returns>False when it comes too late to matter.</returns>
    internal bool Takes(DateTimeOffset meant, bool byHost)
    {
        if (byHost)
        {
            return !(HostMeantAt > meant) && !(LastMeantAt > meant + Tie);
        }

        return !(LastMeantAt > meant) && !(HostMeantAt is { } host && (meant - host).Duration() <= Tie);
    }

    /// <summary>After a seek that holds.</summary>
    /// <param name="meant">When it was meant.</param>
    /// <param name="byHost">Whether it is the host's.</param>
    /// <returns>The order from now on.</returns>
    internal SeekOrder After(DateTimeOffset meant, bool byHost) =>
        new(LastMeantAt > meant ? LastMeantAt : meant, byHost ? meant : HostMeantAt);

    /// <summary>After another item began: what was meant for the one before does not matter.</summary>
    /// <param name="at">When it began, or was decided to.</param>
    /// <returns>The order from now on.</returns>
    internal SeekOrder AfterItem(DateTimeOffset at) => new(LastMeantAt > at ? LastMeantAt : at, null);
}
