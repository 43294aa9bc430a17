using AkkaParty.Accounts;
using AkkaParty.Http.Rest;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Accounts;

namespace AkkaParty.Http.Errors;

/// <summary>The errors of accounts as clients see them: the text of the table, and the rule as the detail.</summary>
internal static class AccountError
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>The accounts' database does not answer, or too many passwords wait to be checked.</summary>
    public static ApiError Unavailable { get; } =
        new(503, "store_unavailable", "The store does not answer at the moment.", null, TimeSpan.FromSeconds(1));

    /// <summary>A row of the table.</summary>
    /// <param name="code">One of <see cref="AccountErrorCodes"/>.</param>
    /// <param name="detail">What more there is to say.</param>
    /// <param name="field">The field at fault.</param>
    /// <param name="retryAfter">When to try again, for retryable rows.</param>
    /// <returns>The error.</returns>
    public static ApiError Of(string code, string? detail = null, string? field = null, TimeSpan? retryAfter = null)
    {
        var row = AccountErrors.Find(code) ?? throw new ArgumentOutOfRangeException(nameof(code), code, "This code is not in the table.");
        return new ApiError(row.Status, row.Code, row.Text, field, row.Retryable ? retryAfter ?? Soon : null, detail);
    }

    /// <summary>Why the accounts said no.</summary>
    /// <param name="fault">What they said.</param>
    /// <returns>The error.</returns>
    public static ApiError From(AccountFault fault) => fault.Code == AccountFault.KeyReused
        ? IdempotencyKey.Reused
        : Of(fault.Code, fault.Message, fault.Field, fault.RetryAfter);

    /// <summary>The same where somebody who is known proves their password once more: a wrong one does not end who they are.</summary>
    /// <param name="fault">What the accounts said.</param>
    /// <param name="field">Where the password stood.</param>
    /// <returns>The error.</returns>
    public static ApiError OfProof(AccountFault fault, string field) => fault.Code == AccountFaultCodes.InvalidCredentials
        ? Of(AccountErrorCodes.PasswordWrong, field: field)
        : From(fault);

    /// <summary>What is wrong with a name by the rules for what people type, which hold wherever others see it.</summary>
    /// <param name="name">The name; null for none.</param>
    /// <returns>The error, or null; how long it may be is checked by the accounts.</returns>
    public static ApiError? OfName(string? name) =>
        name is null || (!TextRules.IsBlank(name) && TextRules.IsReadable(TextRules.Clean(name)))
            ? null
            : Of(AccountErrorCodes.InvalidName, "name must be 1 to 100 visible characters.", "name");
}
