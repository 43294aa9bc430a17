namespace AkkaParty.Runtime.Journal;

/// <summary>The store cannot be opened, for a reason its user can do something about. Nothing was changed.</summary>
public sealed class StoreStartException : Exception
{
    /// <summary>Says what is wrong and what to do.</summary>
    /// <param name="message">One line for the user.</param>
    /// <param name="innerException">What was found, if it was an error.</param>
    public StoreStartException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
