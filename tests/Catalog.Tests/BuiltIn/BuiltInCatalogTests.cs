using AkkaParty.Catalog.BuiltIn;

namespace AkkaParty.Catalog.Tests.BuiltIn;

public sealed class BuiltInCatalogTests
{
    private static readonly BuiltInCatalog Catalog = new(BuiltInFilms.Load());

    [Theory]
    [InlineData("nosferatu", "Nosferatu")]
    [InlineData("NOSFERATU", "Nosferatu")]
    [InlineData("nosf", "Nosferatu")]
    [InlineData("nosfertau", "Nosferatu")]
    [InlineData("nosferatu 1922", "Nosferatu")]
    [InlineData("symphony of horror", "Nosferatu")]
    [InlineData("general", "The General")]
    [InlineData("the general", "The General")]
    [InlineData("genral", "The General")]
    [InlineData("metrpolis", "Metropolis")]
    [InlineData("metropolus", "Metropolis")]
    [InlineData("haxan", "Häxan")]
    [InlineData("Häxan", "Häxan")]
    [InlineData("witchcraft", "Häxan")]
    [InlineData("menilmontant", "Ménilmontant")]
    [InlineData("salome", "Salomé")]
    [InlineData("napoleon", "Napoléon")]
    [InlineData("inferno", "L'Inferno")]
    [InlineData("l'inferno", "L'Inferno")]
    [InlineData("l inferno", "L'Inferno")]
    [InlineData("doa", "D.O.A.")]
    [InlineData("d.o.a", "D.O.A.")]
    [InlineData("d o a", "D.O.A.")]
    [InlineData("20000 leagues", "20,000 Leagues Under the Sea")]
    [InlineData("benhur", "Ben-Hur: A Tale of the Christ")]
    [InlineData("ben hur", "Ben-Hur: A Tale of the Christ")]
    [InlineData("steam boat bill", "Steamboat Bill, Jr.")]
    [InlineData("girl friday", "His Girl Friday")]
    [InlineData("friday girl his", "His Girl Friday")]
    [InlineData("dead living night", "Night of the Living Dead")]
    [InlineData("nihgt of the living dead", "Night of the Living Dead")]
    [InlineData("charrade", "Charade")]
    [InlineData("caligari", "The Cabinet of Dr. Caligari")]
    [InlineData("calagari", "The Cabinet of Dr. Caligari")]
    [InlineData("potyomkin", "Battleship Potemkin")]
    [InlineData("potempkin", "Battleship Potemkin")]
    [InlineData("mclintock", "McLintock!")]
    [InlineData("safety last", "Safety Last!")]
    [InlineData("it", "It")]
    [InlineData("tramp", "The Tramp")]
    [InlineData("tramp tramp", "Tramp, Tramp, Tramp")]
    [InlineData("voyage dans la lune", "A Trip to the Moon")]
    public async Task Finds_first(string query, string title)
        => (await Catalog.SearchAsync(query, 1, default)).Films[0].Title.ShouldBe(title);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("!?")]
    [InlineData("qqqq")]
    [InlineData("nosferatu 1923")]
    [InlineData("xyz the")]
    [InlineData("cbaret")]
    [InlineData("nite of the living dead")]
    public async Task Finds_nothing_for(string query)
    {
        var page = await Catalog.SearchAsync(query, 1, default);

        page.Films.ShouldBeEmpty();
        (page.Page, page.TotalPages, page.TotalResults).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task Finds_by_every_single_letter_and_lists_titles_that_begin_with_it_first()
    {
        foreach (var letter in "abcdefghijklmnoprstuvw")
        {
            var films = (await Catalog.SearchAsync(letter.ToString(), 1, default)).Films;

            films.ShouldNotBeEmpty($"letter {letter}");
            TitleText.WithoutArticle(TitleText.Fold(films[0].Title)).StartsWith(letter).ShouldBeTrue($"{letter}: {films[0].Title}");
        }
    }

    [Fact]
    public async Task Finds_every_film_by_its_own_title_as_an_exact_match()
    {
        foreach (var film in BuiltInFilms.Load())
        {
            var first = (await Catalog.SearchAsync(film.Title, 1, default)).Films[0];
            TitleText.Fold(first.Title).ShouldBe(TitleText.Fold(film.Title));
        }
    }

    [Fact]
    public void Finds_every_film_in_spite_of_one_slip_in_any_longer_word_of_its_title()
    {
        var films = BuiltInFilms.Load();
        var index = new TitleIndex([.. films.Select(film => new TitleIndex.Work([film.Title], film.Year))]);
        for (var i = 0; i < films.Count; i++)
        {
            foreach (var word in TitleText.Words(TitleText.Fold(films[i].Title)).Where(word => word.Length >= 5))
            {
                foreach (var slip in Slips(word))
                {
                    index.Search(slip).ShouldContain(i, $"{slip} for {films[i].Title}");
                }
            }
        }
    }

    [Fact]
    public async Task Pages_hold_20_films_and_together_every_hit_once()
    {
        var first = await Catalog.SearchAsync("the", 1, default);
        first.Films.Count.ShouldBe(20);
        first.TotalPages.ShouldBe((first.TotalResults + 19) / 20);

        var ids = new List<string>();
        for (var page = 1; page <= first.TotalPages; page++)
        {
            var films = (await Catalog.SearchAsync("the", page, default)).Films;
            films.Count.ShouldBe(Math.Min(20, first.TotalResults - ids.Count));
            ids.AddRange(films.Select(film => film.Id));
        }

        ids.Distinct().Count().ShouldBe(first.TotalResults);
        (await Catalog.SearchAsync("the", first.TotalPages + 1, default)).Films.ShouldBeEmpty();
        (await Catalog.SearchAsync("the", CatalogLimits.PageMax, default)).TotalResults.ShouldBe(first.TotalResults);
    }

    private static IEnumerable<string> Slips(string word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            yield return word.Remove(i, 1);
            yield return word.Remove(i, 1).Insert(i, "q");
            yield return word.Insert(i, "q");
            if (i > 0)
            {
                yield return word[..(i - 1)] + word[i] + word[i - 1] + word[(i + 1)..];
            }
        }
    }

    [Fact]
    public async Task Takes_queries_of_200_characters_and_refuses_longer_ones()
    {
        (await Catalog.SearchAsync(string.Concat(Enumerable.Repeat("a ", 100)), 1, default)).Films.ShouldNotBeEmpty();
        (await Catalog.SearchAsync(new string('a', 200), 1, default)).Films.ShouldBeEmpty();

        (await Should.ThrowAsync<ArgumentException>(async () => await Catalog.SearchAsync(new string('a', 201), 1, default)))
            .Message.ShouldStartWith("query must be at most 200 characters long, but has 201.");
        (await Should.ThrowAsync<ArgumentException>(async () => await Catalog.SearchAsync("a", 0, default)))
            .Message.ShouldStartWith("page must be 1 to 500.");
    }

    [Fact]
    public async Task Gives_the_details_of_a_film_found()
    {
        var film = (await Catalog.SearchAsync("the general", 1, default)).Films[0];
        film.ShouldBe(new Film("900000115", "The General", "1926", ""));

        var details = (await Catalog.FindAsync(film.Id, default)).ShouldNotBeNull();

        details.Film.ShouldBe(film);
        details.Genres.ShouldBe(["Comedy", "Action", "War"]);
        details.RuntimeMinutes.ShouldBe(79);
        details.Overview.ShouldBe("A Southern railwayman chases the stolen locomotive he loves across the lines of the Civil War.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("550")]
    [InlineData("0900000115")]
    [InlineData("900000000")]
    [InlineData("nosferatu")]
    public async Task Finds_no_details_for(string? filmId) => (await Catalog.FindAsync(filmId!, default)).ShouldBeNull();
}
