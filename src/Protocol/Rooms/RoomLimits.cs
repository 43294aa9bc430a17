namespace AkkaParty.Protocol.Rooms;

/// <summary>The limits on everything that goes into a room. Text is counted in Unicode code points, after trimming.</summary>
public static class RoomLimits
{
    /// <summary>The longest room name.</summary>
    public const int NameMax = 200;

    /// <summary>The longest user id.</summary>
    public const int UserIdMax = 50;

    /// <summary>The longest member name.</summary>
    public const int MemberNameMax = 100;

    /// <summary>The longest avatar.</summary>
    public const int AvatarMax = 10;

    /// <summary>How many members may be listed when a room is created.</summary>
    public const int CreationMembersMax = 50;

    /// <summary>How many members a room may have.</summary>
    public const int MembersMax = 200;

    /// <summary>The length of a room's code.</summary>
    public const int CodeLength = 6;

    /// <summary>The characters of a room's code: no I, O, 0 or 1.</summary>
    public const string CodeAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>The shortest voting round, in seconds.</summary>
    public const int VotingSecondsMin = 10;

    /// <summary>The longest voting round, in seconds.</summary>
    public const int VotingSecondsMax = 600;

    /// <summary>The longest title of an item.</summary>
    public const int TitleMax = 500;

    /// <summary>How many items may be queued or being watched at once.</summary>
    public const int ItemsMax = 1_000;

    /// <summary>How many watched films a room keeps in its history.</summary>
    public const int HistoryMax = 5_000;

    /// <summary>How many removed items can still be read; the oldest is forgotten first.</summary>
    public const int RemovedItemsMax = 1_000;

    /// <summary>How many selections can be explained; the oldest is forgotten first.</summary>
    public const int SelectionsMax = 50;

    /// <summary>How many watch parties a room remembers, and how many may be in the making.</summary>
    public const int OpeningsMax = 8;

    /// <summary>The earliest year of an item.</summary>
    public const int YearMin = 1800;

    /// <summary>The latest year of an item.</summary>
    public const int YearMax = 2100;

    /// <summary>The longest running time of an item, in minutes.</summary>
    public const int RuntimeMinutesMax = 1_000;

    /// <summary>The longest URL of an item.</summary>
    public const int UrlMax = 2_000;

    /// <summary>The longest overview of an item.</summary>
    public const int OverviewMax = 4_000;

    /// <summary>How many genres, services or links an item may have, each.</summary>
    public const int EntriesMax = 50;

    /// <summary>The longest name of a genre or a service.</summary>
    public const int EntryMax = 100;

    /// <summary>The longest note of a history entry.</summary>
    public const int NotesMax = 1_000;

    /// <summary>How many tokens one member may have at once; a new one drops the oldest.</summary>
    public const int TokensPerMemberMax = 8;

    /// <summary>The most distinct voters of one item; reached only in rooms open to everybody.</summary>
    public const int VotersMax = 1_000;
}
