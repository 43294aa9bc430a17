using AkkaParty.Runtime.Entities;

namespace AkkaParty.Simulation.Nodes;

/// <summary>One request of a client to a node, over a connection that can break.</summary>
internal sealed class ClientCall(TimeSpan sentAt, Action<AskResult?> ended)
{
    public TimeSpan SentAt => sentAt;

    public bool IsOver { get; private set; }

    /// <summary>An answer, or null when the connection broke or the client's patience ended.</summary>
    public void End(AskResult? result)
    {
        if (!IsOver)
        {
            IsOver = true;
            ended(result);
        }
    }
}
