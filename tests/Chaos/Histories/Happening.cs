namespace AkkaParty.Chaos.Histories;

/// <summary>One line of a history: what a client did or saw, and when.</summary>
/// <param name="At">Nanoseconds on the machine's monotonic clock, which all processes share.</param>
/// <param name="Entity">The party's or room's id.</param>
/// <param name="Person">The participant's id.</param>
internal abstract record Happening(long At, string Entity, string Person);

/// <summary>A command was about to be sent for the first time.</summary>
/// <param name="Number">The person's own number for it.</param>
/// <param name="Kind">What it changes.</param>
/// <param name="Value">What to; no other command of that kind and person in that entity has the same.</param>
internal sealed record Called(long At, string Entity, string Person, long Number, CommandKind Kind, string Value)
    : Happening(At, Entity, Person);

/// <summary>A command was answered with a success.</summary>
/// <param name="Seq">The entity's number at which its change holds.</param>
internal sealed record Acknowledged(long At, string Entity, string Person, long Number, long Seq) : Happening(At, Entity, Person);

/// <summary>A command got no answer, or one that says to try again; it is sent again with the same id.</summary>
internal sealed record Retried(long At, string Entity, string Person, long Number, string Code) : Happening(At, Entity, Person);

/// <summary>A command was refused for good.</summary>
internal sealed record Refused(long At, string Entity, string Person, long Number, string Code) : Happening(At, Entity, Person);

/// <summary>A connection was opened.</summary>
/// <param name="Connection">The person's own number for it.</param>
/// <param name="Node">Where.</param>
/// <param name="Feed">Which of <see cref="Feeds"/> it shows.</param>
/// <param name="Since">What was asked for; 0 for whatever the server begins with.</param>
internal sealed record Opened(long At, string Entity, string Person, int Connection, string Node, string Feed, long Since)
    : Happening(At, Entity, Person);

/// <summary>A connection said from where on it shows what happens.</summary>
/// <param name="Seq">Everything above this number is shown.</param>
internal sealed record Began(long At, string Entity, string Person, int Connection, long Seq) : Happening(At, Entity, Person);

/// <summary>A connection showed the entity, or an event of it.</summary>
/// <param name="Sight">What was seen.</param>
internal sealed record Shown(long At, string Entity, string Person, int Connection, Sight Sight) : Happening(At, Entity, Person);

/// <summary>A connection acknowledged a command.</summary>
internal sealed record Told(long At, string Entity, string Person, int Connection, long Seq) : Happening(At, Entity, Person);

/// <summary>A connection ended, or could not be opened.</summary>
internal sealed record Closed(long At, string Entity, string Person, int Connection, string Reason) : Happening(At, Entity, Person);

/// <summary>A plain call read the entity.</summary>
/// <param name="Began">When the call was made; <see cref="Happening.At"/> is when its answer was there.</param>
internal sealed record Read(long At, string Entity, string Person, long Began, string Node, Sight Sight) : Happening(At, Entity, Person);

/// <summary>A person has done everything: no command is open, and the feed has come to the entity's last number.</summary>
internal sealed record Finished(long At, string Entity, string Person, long Seq) : Happening(At, Entity, Person);

/// <summary>What a command changes.</summary>
internal enum CommandKind
{
    /// <summary>The time at which the ballots are counted.</summary>
    Deadline,

    /// <summary>The person's own ballot.</summary>
    Ballot,

    /// <summary>A film more in a room's queue: its title.</summary>
    Film,

    /// <summary>The person's own vote on an item: the item, how many times they changed it, and what it is from then on.</summary>
    Vote,

    /// <summary>An item that was watched: its id.</summary>
    Watched,
}

/// <summary>What connections and calls show; whoever is shown the same number on the same feed is shown the same.</summary>
internal static class Feeds
{
    /// <summary>A party: the whole of it, by sockets and by calls.</summary>
    public const string Party = "party";

    /// <summary>A room's events by its sockets.</summary>
    public const string Socket = "socket";

    /// <summary>A room's events by its event stream.</summary>
    public const string Stream = "stream";

    /// <summary>A room's queue, as calls read it.</summary>
    public const string Queue = "queue";
}

/// <summary>An entity, or an event of it, as it was shown.</summary>
/// <param name="Seq">The entity's number.</param>
/// <param name="Feed">Which of <see cref="Feeds"/> showed it.</param>
/// <param name="Hash">Of all its bytes.</param>
/// <param name="Look">What the checker follows of it, as <see cref="PartySight"/> or <see cref="RoomSight"/> writes it.</param>
internal sealed record Sight(long Seq, string Feed, string Hash, string Look);
