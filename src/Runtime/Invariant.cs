using System.Diagnostics.CodeAnalysis;

namespace AkkaParty.Runtime;

/// <summary>Checks that find programming errors, in Release too.</summary>
public static class Invariant
{
    /// <summary>Throws when the condition does not hold.</summary>
    /// <param name="condition">What must hold.</param>
    /// <param name="message">What is wrong when it does not.</param>
    /// <exception cref="InvariantViolatedException">The condition does not hold.</exception>
    public static void Check([DoesNotReturnIf(false)] bool condition, string message)
    {
        if (!condition)
        {
            throw new InvariantViolatedException(message);
        }
    }
}

/// <summary>Something that must always hold did not: a bug in this program, never a user's error.</summary>
public sealed class InvariantViolatedException : Exception
{
    /// <summary>Says what did not hold.</summary>
    /// <param name="message">What did not hold.</param>
    public InvariantViolatedException(string message)
        : base(message)
    {
    }
}
