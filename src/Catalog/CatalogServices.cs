using AkkaParty.Catalog.BuiltIn;
using AkkaParty.Catalog.Tmdb;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Catalog;

/// <summary>Registers the film catalogue.</summary>
public static class CatalogServices
{
    /// <summary>
    /// Registers <see cref="IFilmCatalog"/> and <see cref="ITitleCatalog"/>, each as one instance for the whole process: TMDB when the
    /// options hold a key or token, else the built-in catalogue of public-domain films. Uses the registered <see cref="TimeProvider"/>,
    /// or the system's when there is none.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="options">How to reach TMDB; read when the catalogue is first used, so it must not change afterwards.</param>
    /// <returns>The same collection.</returns>
    /// <exception cref="ArgumentException">An option is wrong; the message has one line per problem.</exception>
    public static IServiceCollection AddFilmCatalog(this IServiceCollection services, TmdbOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = options.Problems();
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join('\n', problems), nameof(options));
        }

        services.TryAddSingleton(TimeProvider.System);
        if (!options.HasKey)
        {
            return services
                .AddSingleton<IFilmCatalog>(_ => new BuiltInCatalog(BuiltInFilms.Load()))
                .AddSingleton<ITitleCatalog>(provider => (BuiltInCatalog)provider.GetRequiredService<IFilmCatalog>());
        }

        return services.AddLogging()
            .AddSingleton<IFilmCatalog>(provider => new TmdbCatalog(
                options,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<TmdbCatalog>>()))
            .AddSingleton(provider => ((TmdbCatalog)provider.GetRequiredService<IFilmCatalog>()).Titles);
    }
}
