using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>How a connected participant's client is.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<WatchStatus>))]
public enum WatchStatus
{
    /// <summary>Connected; nothing else is known.</summary>
    Online,

    /// <summary>Connected, but the person looks elsewhere.</summary>
    Away,

    /// <summary>Waits for data.</summary>
    Buffering,

    /// <summary>Has what it needs to play from the party's position.</summary>
    Ready,
}
