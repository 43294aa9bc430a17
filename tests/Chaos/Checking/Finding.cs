namespace AkkaParty.Chaos.Checking;

/// <summary>What kind of promise was broken.</summary>
internal enum Breach
{
    /// <summary>An acknowledged command is not in the journal.</summary>
    Lost,

    /// <summary>A command is in the journal more than once.</summary>
    Doubled,

    /// <summary>The journal has what nobody asked for.</summary>
    Invented,

    /// <summary>An entity's numbers in the journal have a gap or a fork.</summary>
    Forked,

    /// <summary>The counts in the journal are not the recount of the votes in it.</summary>
    Miscounted,

    /// <summary>A later command came before one that was acknowledged before it was given.</summary>
    Reordered,

    /// <summary>A feed showed something older after something newer, or one thing twice.</summary>
    FeedWentBack,

    /// <summary>A feed of events left some out.</summary>
    FeedGap,

    /// <summary>A command was acknowledged on a socket before its change was shown there.</summary>
    FeedBehind,

    /// <summary>A feed did not come to the entity's last number.</summary>
    FeedIncomplete,

    /// <summary>What was shown is not what the journal says.</summary>
    WrongSight,

    /// <summary>A call read something older than what was acknowledged before it.</summary>
    StaleRead,

    /// <summary>A command was refused although nothing was wrong with it.</summary>
    Refused,
}

/// <summary>A broken promise.</summary>
/// <param name="Breach">Which.</param>
/// <param name="Entity">In which party or room.</param>
/// <param name="Text">What exactly.</param>
internal sealed record Finding(Breach Breach, string Entity, string Text)
{
    public override string ToString() => $"{Breach} in {Entity}: {Text}";
}
