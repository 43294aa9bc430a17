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

    /// <summary>A party's numbers in the journal have a gap or a fork.</summary>
    Forked,

    /// <summary>A later command came before one that was acknowledged before it was given.</summary>
    Reordered,

    /// <summary>A feed showed an older party after a newer one, or one twice.</summary>
    FeedWentBack,

    /// <summary>A command was acknowledged on a socket before its change was shown there.</summary>
    FeedBehind,

    /// <summary>A feed did not come to the party's last number.</summary>
    FeedIncomplete,

    /// <summary>What was shown is not what the journal says.</summary>
    WrongSight,

    /// <summary>A call read an older party than the one that was acknowledged before it.</summary>
    StaleRead,

    /// <summary>A command was refused although nothing was wrong with it.</summary>
    Refused,
}

/// <summary>A broken promise.</summary>
/// <param name="Breach">Which.</param>
/// <param name="Party">In which party.</param>
/// <param name="Text">What exactly.</param>
internal sealed record Finding(Breach Breach, string Party, string Text)
{
    public override string ToString() => $"{Breach} in party {Party}: {Text}";
}
