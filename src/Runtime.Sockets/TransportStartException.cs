namespace AkkaParty.Runtime.Sockets;

/// <summary>The node cannot listen for the others, for a reason its user can do something about.</summary>
public sealed class TransportStartException : Exception
{
    /// <summary>Says what is wrong and what to do.</summary>
    /// <param name="message">One line for the user.</param>
    /// <param name="innerException">What was found, if it was an error.</param>
    public TransportStartException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
