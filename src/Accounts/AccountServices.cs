using Microsoft.Extensions.DependencyInjection;

namespace AkkaParty.Accounts;

/// <summary>Puts accounts into a container.</summary>
public static class AccountServices
{
    /// <summary>
    /// Adds <see cref="IAccounts"/>, <see cref="ISessions"/>, <see cref="IFriends"/>, <see cref="IPlaylists"/> and
    /// <see cref="IRateWindows"/>, and the <see cref="AccountBook"/> they are of. The database is opened at the first call, or by
    /// <see cref="AccountBook.OpenAsync"/>. Needs a <see cref="TimeProvider"/> and logging.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="options">How accounts work.</param>
    /// <returns>The container.</returns>
    public static IServiceCollection AddAccounts(this IServiceCollection services, AccountOptions options)
    {
        services.AddSingleton(provider => AccountBook.Create(options, provider));
        services.AddSingleton(provider => provider.GetRequiredService<AccountBook>().Accounts);
        services.AddSingleton(provider => provider.GetRequiredService<AccountBook>().Sessions);
        services.AddSingleton(provider => provider.GetRequiredService<AccountBook>().Friends);
        services.AddSingleton(provider => provider.GetRequiredService<AccountBook>().Playlists);
        services.AddSingleton(provider => provider.GetRequiredService<AccountBook>().Rates);
        return services;
    }
}
