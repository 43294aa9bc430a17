using AkkaParty.Catalog;

namespace AkkaParty.Http.Tests.Support;

/// <summary>Two films; any answer can be replaced or held back.</summary>
internal sealed class FakeCatalog : IFilmCatalog, ITitleCatalog
{
    public static readonly FilmDetails Metropolis = new(
        new Film("11", "Metropolis", "1927", "https://posters/11.jpg"), ["Drama"], 153, "A city.");

    public Exception? Failure { get; set; }

    public Task? Gate { get; set; }

    public string? LastQuery { get; private set; }

    public async ValueTask<FilmPage> SearchAsync(string query, int page, CancellationToken cancellationToken)
    {
        LastQuery = query;
        await (Gate ?? Task.CompletedTask);
        return Failure is null ? new FilmPage([Metropolis.Film], page, 3, 41) : throw Failure;
    }

    public async ValueTask<FilmDetails?> FindAsync(string filmId, CancellationToken cancellationToken)
    {
        await (Gate ?? Task.CompletedTask);
        return Failure is null ? filmId == "11" ? Metropolis : null : throw Failure;
    }

    public async ValueTask<IReadOnlyList<TitleHit>> SuggestAsync(string query, int limit, CancellationToken cancellationToken)
    {
        LastQuery = $"{query} {limit}";
        await (Gate ?? Task.CompletedTask);
        return Failure is null
            ? [new TitleHit(11, TitleKind.Film, "Metropolis", 1927, "https://posters/11.jpg", 153, ["Drama"], new string('o', 151), 8.1)]
            : throw Failure;
    }

    public ValueTask<TitleDetails?> MatchAsync(TitleQuery query, CancellationToken cancellationToken) => new((TitleDetails?)null);
}
