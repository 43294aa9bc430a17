namespace AkkaParty.Accounts.Passwords;

/// <summary>What a new password must be like.</summary>
internal static class PasswordRules
{
    /// <summary>Checks a new password.</summary>
    /// <param name="password">The password.</param>
    /// <param name="email">Whose: it must not be that either.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public static AccountFault? Check(string password, string email)
    {
        if (password.Length is < AccountLimits.PasswordLengthMin or > AccountLimits.PasswordLengthMax)
        {
            return AccountFaults.InvalidPassword("password must have 8 to 128 characters.");
        }

        if (!AccountInput.IsPlain(password))
        {
            return AccountFaults.InvalidPassword("password must not have control characters.");
        }

        var isEmail = password.Equals(email, StringComparison.OrdinalIgnoreCase)
            || password.Equals(email[..email.LastIndexOf('@')], StringComparison.OrdinalIgnoreCase);
        return isEmail || password.All(c => c == password[0]) || CommonPasswords.Contains(password)
            ? new AccountFault(
                AccountFaultCodes.CommonPassword,
                "password is one of those that are tried first; choose another, such as four words that do not belong together.",
                "password")
            : null;
    }
}
