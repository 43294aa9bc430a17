namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>What a client of a watch party wants, whatever the dialect calls it.</summary>
internal enum WatchDeed
{
    /// <summary>Nothing that the dialect knows.</summary>
    Unknown,

    /// <summary>Play.</summary>
    Play,

    /// <summary>Pause.</summary>
    Pause,

    /// <summary>Go to a position.</summary>
    Seek,

    /// <summary>Go to another item.</summary>
    Skip,

    /// <summary>Change the speed.</summary>
    Rate,

    /// <summary>Ask where the party is.</summary>
    AskState,

    /// <summary>Tell others where the party is: that is the server's.</summary>
    TellState,

    /// <summary>Say something.</summary>
    Chat,

    /// <summary>Take a message back.</summary>
    DeleteChat,

    /// <summary>Read messages.</summary>
    AskMessages,

    /// <summary>React.</summary>
    React,

    /// <summary>Say that one writes.</summary>
    Typing,

    /// <summary>Vote to skip.</summary>
    VoteSkip,

    /// <summary>Add an item.</summary>
    AddItem,

    /// <summary>Remove an item.</summary>
    RemoveItem,

    /// <summary>Move an item.</summary>
    MoveItem,

    /// <summary>Say how long an item is.</summary>
    TellDuration,

    /// <summary>Say how the client is.</summary>
    Report,

    /// <summary>Ask for the time.</summary>
    Clock,

    /// <summary>Show a sign of life.</summary>
    Ping,

    /// <summary>Say that one is there, as one is already.</summary>
    Join,

    /// <summary>End the connection.</summary>
    Leave,
}
