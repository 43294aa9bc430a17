namespace AkkaParty.Accounts;

/// <summary>What an account may do.</summary>
public enum AccountRole
{
    /// <summary>Everything that concerns itself.</summary>
    User,

    /// <summary>What the server's operators may do as well.</summary>
    Admin,
}

/// <summary>A person's account, without anything secret.</summary>
/// <param name="Id">The account's UUID: who somebody is everywhere, in tokens, parties and friendships.</param>
/// <param name="Number">The same account as a whole number from 1, for routes that know people by numbers.</param>
/// <param name="Email">The e-mail as it was written at the registration, 3 to 254 characters.</param>
/// <param name="Name">The name others see, 1 to 100 characters.</param>
/// <param name="AvatarUrl">A picture, http or https, at most 2,000 characters; null for none.</param>
/// <param name="Role">What it may do.</param>
/// <param name="CreatedAt">When it registered.</param>
public sealed record Account(
    Guid Id, long Number, string Email, string Name, string? AvatarUrl, AccountRole Role, DateTimeOffset CreatedAt);

/// <summary>What others may see of an account.</summary>
/// <param name="Id">The account's UUID.</param>
/// <param name="Name">The name.</param>
/// <param name="AvatarUrl">The picture; null for none.</param>
public sealed record AccountBrief(Guid Id, string Name, string? AvatarUrl);
