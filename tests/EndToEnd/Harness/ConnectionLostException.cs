namespace AkkaParty.EndToEnd.Harness;

/// <summary>A socket ended while something was awaited on it.</summary>
internal sealed class ConnectionLostException(string message) : Exception(message);
