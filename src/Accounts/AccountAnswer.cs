using System.Diagnostics.CodeAnalysis;

namespace AkkaParty.Accounts;

/// <summary>Why something was not done.</summary>
/// <param name="Code">One of <see cref="AccountFaultCodes"/>, or <see cref="KeyReused"/>: stable, for machines.</param>
/// <param name="Message">One sentence for people; it names the field and the rule, and nothing secret.</param>
/// <param name="Field">The input that broke a rule, as <c>snake_case</c>; null when none did.</param>
/// <param name="RetryAfter">How long to wait before trying again; null when waiting is no use.</param>
public sealed record AccountFault(string Code, string Message, string? Field = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The key of the call was used for another call.</summary>
    public const string KeyReused = "idempotency_key_reused";
}

/// <summary>What was asked for, or why there is none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public readonly struct AccountAnswer<T>
    where T : class
{
    private AccountAnswer(T? value, AccountFault? fault)
    {
        Value = value;
        Fault = fault;
    }

    /// <summary>What was asked for; null when there is a fault.</summary>
    public T? Value { get; }

    /// <summary>Why there is none; null when there is.</summary>
    public AccountFault? Fault { get; }

    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsDone => Fault is null;

    /// <summary>It was done.</summary>
    /// <param name="value">What was asked for.</param>
    public static implicit operator AccountAnswer<T>(T value) => new(value, null);

    /// <summary>It was not done.</summary>
    /// <param name="fault">Why.</param>
    public static implicit operator AccountAnswer<T>(AccountFault fault) => new(null, fault);
}

/// <summary>Nothing more than that it was done.</summary>
public sealed class Done
{
    private Done()
    {
    }

    /// <summary>The only one.</summary>
    public static Done Value { get; } = new();
}
