using AkkaParty.Catalog.BuiltIn;

namespace AkkaParty.Catalog.Tests.BuiltIn;

/// <summary>Validates the film list that comes with the program.</summary>
public sealed class BuiltInFilmsTests
{
    private static readonly string[] Genres =
    [
        "Action", "Adventure", "Animation", "Comedy", "Crime", "Documentary", "Drama", "Family", "Fantasy", "History", "Horror",
        "Music", "Mystery", "Romance", "Science Fiction", "Thriller", "War", "Western",
    ];

    private readonly IReadOnlyList<BuiltInFilm> _films = BuiltInFilms.Load();

    [Fact]
    public void There_are_enough_films_to_choose_from() => _films.Count.ShouldBeGreaterThanOrEqualTo(150);

    [Fact]
    public void Ids_are_our_own_and_never_skip_or_repeat()
        => _films.Select(film => film.Id).ShouldBe(Enumerable.Range(BuiltInFilm.FirstId, _films.Count));

    [Fact]
    public void Ids_already_given_stay_with_their_films()
    {
        _films[0].Title.ShouldBe("Workers Leaving the Lumière Factory");
        _films.Single(film => film.Id == 900_000_058).Title.ShouldBe("Nosferatu");
        _films.Single(film => film.Id == 900_000_115).Title.ShouldBe("The General");
        _films.Single(film => film.Id == 900_000_297).Title.ShouldBe("Night of the Living Dead");
    }

    [Fact]
    public void No_film_is_listed_twice()
        => _films.Select(film => (TitleText.Fold(film.Title), film.Year)).Distinct().Count().ShouldBe(_films.Count);

    [Fact]
    public void Every_film_is_complete() => _films.ShouldAllBe(film =>
        film.Title.Length > 0 && film.Title == film.Title.Trim()
        && film.Genres.Count >= 1 && film.Genres.Count <= 3 && film.Genres.Distinct().Count() == film.Genres.Count
        && film.Overview.Length >= 30 && film.Overview.Length <= 160 && film.Overview.EndsWith('.')
        && (film.AlsoKnownAs == null || film.AlsoKnownAs.All(title => title.Length > 0 && title != film.Title)));

    [Fact]
    public void Every_genre_is_known() => _films.SelectMany(film => film.Genres).Distinct().ShouldBeSubsetOf(Genres);

    [Fact]
    public void Every_running_time_is_plausible() => _films.ShouldAllBe(film => film.Minutes >= 1 && film.Minutes <= 420);

    [Fact]
    public void Every_overview_is_its_own() => _films.Select(film => film.Overview).Distinct().Count().ShouldBe(_films.Count);

    [Fact]
    public void Every_year_fits_the_reason_why_the_film_is_in_the_public_domain() => _films
        .Where(film => film.PublicDomain == PublicDomainReason.Expired ? film.Year is < 1890 or >= 1930 : film.Year is < 1930 or >= 1978)
        .ShouldBeEmpty();

    [Fact]
    public void The_famous_ones_are_there()
    {
        string[] famous =
        [
            "Night of the Living Dead 1968", "Charade 1963", "His Girl Friday 1940", "The General 1926", "Metropolis 1927",
            "Nosferatu 1922", "A Trip to the Moon 1902", "The Kid 1921", "Safety Last! 1923", "The Gold Rush 1925",
            "Battleship Potemkin 1925", "Sunrise: A Song of Two Humans 1927", "The Passion of Joan of Arc 1928",
            "Man with a Movie Camera 1929", "My Man Godfrey 1936", "Detour 1945", "D.O.A. 1950", "House on Haunted Hill 1959",
            "Carnival of Souls 1962", "The Little Shop of Horrors 1960",
        ];

        famous.Except(_films.Select(film => $"{film.Title} {film.Year}")).ShouldBeEmpty();
    }
}
