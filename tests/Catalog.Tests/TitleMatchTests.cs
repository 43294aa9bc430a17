namespace AkkaParty.Catalog.Tests;

public sealed class TitleMatchTests
{
    [Theory]
    [InlineData("Amélie", "amelie", 0)]
    [InlineData("Face/Off", "FACE OFF", 0)]
    [InlineData("The Matrix", "Matrix", 1)]
    [InlineData("Matrix", "The Matrix Reloaded", null)]
    [InlineData("千と千尋の神隠し", "千と千尋の神隠し", 0)]
    [InlineData("?", "!", null)]
    public void Titles_are_compared_without_what_does_not_matter(string wanted, string known, int? rank) =>
        new TitleMatch(new TitleQuery(wanted)).RankOf([known], 1999).ShouldBe(rank);

    [Theory]
    [InlineData(1922, 1922, 0)]
    [InlineData(1922, 1921, 2)]
    [InlineData(1922, 1979, null)]
    [InlineData(1922, null, 4)]
    [InlineData(null, 1979, 0)]
    public void A_year_that_is_known_is_right_to_within_one(int? wanted, int? known, int? rank) =>
        new TitleMatch(new TitleQuery("Nosferatu", Year: wanted)).RankOf(["Nosferatu"], known).ShouldBe(rank);

    [Theory]
    [InlineData("Nosferatu (1922)", null, "Nosferatu", 1922)]
    [InlineData("Nosferatu (1922)", 1979, "Nosferatu (1922)", 1979)]
    [InlineData("(1922)", null, "(1922)", null)]
    [InlineData("Nosferatu (192a)", null, "Nosferatu (192a)", null)]
    [InlineData("1917", null, "1917", null)]
    public void A_year_in_brackets_is_the_year_that_is_meant(string typed, int? given, string title, int? year)
    {
        var match = new TitleMatch(new TitleQuery(typed, Year: given));

        (match.Title, match.Year).ShouldBe((title, year));
    }

    [Fact]
    public void The_best_of_several_titles_counts() =>
        new TitleMatch(new TitleQuery("Le Fabuleux Destin")).RankOf(["Amélie", "Le Fabuleux Destin"], 2001).ShouldBe(0);
}
