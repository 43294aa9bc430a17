namespace AkkaParty.Chaos.Histories;

/// <summary>One line of a history: what a client did or saw, and when.</summary>
/// <param name="At">Nanoseconds on the machine's monotonic clock, which all processes share.</param>
/// <param name="Party">The party's id.</param>
/// <param name="Person">The participant's id.</param>
internal abstract record Happening(long At, string Party, string Person);

/// <summary>A command was about to be sent for the first time.</summary>
/// <param name="Number">The person's own number for it.</param>
/// <param name="Kind">What it changes.</param>
/// <param name="Value">What to; no other command of that kind and person in that party has the same.</param>
internal sealed record Called(long At, string Party, string Person, long Number, CommandKind Kind, string Value)
    : Happening(At, Party, Person);

/// <summary>A command was answered with a success.</summary>
/// <param name="Seq">The party's number at which its change holds.</param>
internal sealed record Acknowledged(long At, string Party, string Person, long Number, long Seq) : Happening(At, Party, Person);

/// <summary>A command got no answer, or one that says to try again; it is sent again with the same id.</summary>
internal sealed record Retried(long At, string Party, string Person, long Number, string Code) : Happening(At, Party, Person);

/// <summary>A command was refused for good.</summary>
internal sealed record Refused(long At, string Party, string Person, long Number, string Code) : Happening(At, Party, Person);

/// <summary>A socket was opened.</summary>
/// <param name="Connection">The person's own number for it.</param>
/// <param name="Node">Where.</param>
/// <param name="Since">What was asked for; 0 for the state.</param>
internal sealed record Opened(long At, string Party, string Person, int Connection, string Node, long Since)
    : Happening(At, Party, Person);

/// <summary>A socket showed the party.</summary>
/// <param name="Sight">What was seen.</param>
internal sealed record Shown(long At, string Party, string Person, int Connection, Sight Sight) : Happening(At, Party, Person);

/// <summary>A socket acknowledged a command.</summary>
internal sealed record Told(long At, string Party, string Person, int Connection, long Seq) : Happening(At, Party, Person);

/// <summary>A socket ended, or could not be opened.</summary>
internal sealed record Closed(long At, string Party, string Person, int Connection, string Reason) : Happening(At, Party, Person);

/// <summary>A plain call read the party.</summary>
/// <param name="Began">When the call was made; <see cref="Happening.At"/> is when its answer was there.</param>
internal sealed record Read(long At, string Party, string Person, long Began, string Node, Sight Sight) : Happening(At, Party, Person);

/// <summary>A person has done everything: no command is open, and the feed has come to the party's last number.</summary>
internal sealed record Finished(long At, string Party, string Person, long Seq) : Happening(At, Party, Person);

/// <summary>What a command changes.</summary>
internal enum CommandKind
{
    /// <summary>The time at which the ballots are counted.</summary>
    Deadline,

    /// <summary>The person's own ballot.</summary>
    Ballot,
}

/// <summary>A party as it was shown, as far as the checker follows it.</summary>
/// <param name="Seq">The party's number.</param>
/// <param name="Hash">Of all its bytes: whoever is shown the same number is shown the same.</param>
/// <param name="Deadline">The ranking deadline, or nothing.</param>
/// <param name="Connected">Who has a socket: ids, sorted.</param>
/// <param name="Ranked">Who has ranked: ids, sorted.</param>
internal sealed record Sight(long Seq, string Hash, string Deadline, string Connected, string Ranked);
