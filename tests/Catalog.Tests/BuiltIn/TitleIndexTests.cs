using AkkaParty.Catalog.BuiltIn;

namespace AkkaParty.Catalog.Tests.BuiltIn;

public sealed class TitleIndexTests
{
    private static readonly (string Title, int Year)[] Few =
    [
        ("The King of Kings", 1927),
        ("King", 1930),
        ("Kings Row", 1942),
        ("The Ring", 1927),
        ("A King in New York", 1957),
        ("The Two Kings", 1944),
        ("Living Dead", 2000),
        ("Night of the Living Dead", 1968),
        ("Dead Men Living", 1950),
        ("Little Lord Fauntleroy", 1936),
        ("Little Lord Fauntleroy", 1921),
    ];

    private readonly TitleIndex _index = new([.. Few.Select(film => new TitleIndex.Work([film.Title], film.Year))]);

    [Theory]
    [InlineData("king", "King; A King in New York; The King of Kings; Kings Row; The Two Kings; The Ring")]
    [InlineData("kings", "Kings Row; The King of Kings; The Two Kings; King; A King in New York")]
    [InlineData("the king", "King; A King in New York; The King of Kings; Kings Row; The Two Kings; The Ring")]
    [InlineData("living dead", "Living Dead; Night of the Living Dead; Dead Men Living")]
    [InlineData("dead living", "Dead Men Living; Living Dead; Night of the Living Dead")]
    [InlineData("dead li", "Dead Men Living; Living Dead; Night of the Living Dead")]
    [InlineData("livign dead", "Living Dead; Dead Men Living; Night of the Living Dead")]
    [InlineData("little lord fauntleroy", "Little Lord Fauntleroy; Little Lord Fauntleroy")]
    [InlineData("dead livign", "Dead Men Living; Living Dead; Night of the Living Dead")]
    [InlineData("nothing of the kind", "")]
    public void Ranks_exact_then_beginning_then_word_then_all_words_then_errors(string query, string expected)
        => string.Join("; ", _index.Search(query).Select(index => Few[index].Title)).ShouldBe(expected);

    [Fact]
    public void Breaks_ties_by_title_and_then_by_year()
        => _index.Search("little").Select(index => Few[index].Year).ShouldBe([1921, 1936]);

    [Fact]
    public void Gives_a_work_once_at_its_best_rank_when_several_titles_match()
    {
        var index = new TitleIndex(
        [
            new TitleIndex.Work(["Zero Hour"], 1957),
            new TitleIndex.Work(["The Hour", "Zero"], 1960),
        ]);

        index.Search("zero").ShouldBe([1, 0]);
        index.Search("hour").ShouldBe([1, 0]);
    }

    [Fact]
    public void Finds_nothing_in_nothing() => new TitleIndex([]).Search("a").ShouldBeEmpty();
}
