namespace AkkaParty.Accounts;

/// <summary>
/// The accounts' database is away, or more passwords wait to be checked than may. Nothing is wrong with what was asked: it may be asked
/// again.
/// </summary>
/// <param name="message">What failed.</param>
/// <param name="inner">The database's own error.</param>
public sealed class AccountsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The accounts' database cannot be used by this program, and trying again is no use.</summary>
/// <param name="message">What is wrong with it: one line for the operator.</param>
/// <param name="inner">The database's own error.</param>
public sealed class AccountsStartException(string message, Exception? inner = null) : Exception(message, inner);
