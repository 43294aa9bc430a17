using AkkaParty.Catalog.BuiltIn;

namespace AkkaParty.Catalog.Tests.BuiltIn;

public sealed class TitleTextTests
{
    [Theory]
    [InlineData("Nosferatu", "nosferatu")]
    [InlineData("  The   GENERAL ", "the general")]
    [InlineData("Häxan", "haxan")]
    [InlineData("Ha\u0308xan", "haxan")]
    [InlineData("Ménilmontant", "menilmontant")]
    [InlineData("Körkarlen ÅÄÖ øØ łŁ ñç", "korkarlen aao oo ll nc")]
    [InlineData("Großstadt", "grossstadt")]
    [InlineData("Œuvre æon Þór ĳs", "oeuvre aeon thor ijs")]
    [InlineData("ĀăąĆčĎđēĕěĝĥħĩıĵķĸĺłńňŋōőœŕřśšţťŧūůųŵŷźżžſșț", "aaaccddeeeghhiijkkllnnnoooerrsstttuuuwyzzzsst")]
    [InlineData("D.O.A.", "doa")]
    [InlineData("20,000 Leagues", "20000 leagues")]
    [InlineData("Tramp, Tramp, Tramp", "tramp tramp tramp")]
    [InlineData("L'Inferno", "linferno")]
    [InlineData("L’Inferno", "linferno")]
    [InlineData("Ben-Hur: A Tale", "ben hur a tale")]
    [InlineData("Sherlock Jr.", "sherlock jr")]
    [InlineData("Что?", "что")]
    [InlineData("?!...'", "")]
    [InlineData("", "")]
    public void Folds_case_accents_and_punctuation(string text, string folded) => TitleText.Fold(text).ShouldBe(folded);

    [Fact]
    public void Folds_every_accented_letter_of_Latin_1_and_Latin_Extended_A_to_plain_ones()
    {
        for (var c = '\u00c0'; c <= '\u017f'; c++)
        {
            if (c is not ('×' or '÷'))
            {
                TitleText.Fold(c.ToString()).ShouldMatch("^[a-z]{1,2}$", $"U+{(int)c:X4}");
            }
        }
    }

    [Theory]
    [InlineData("the general", "general")]
    [InlineData("a star is born", "star is born")]
    [InlineData("la roue", "roue")]
    [InlineData("the", "the")]
    [InlineData("a", "a")]
    [InlineData("theatre of blood", "theatre of blood")]
    [InlineData("", "")]
    public void Drops_a_leading_article_but_never_everything(string folded, string bare)
        => TitleText.WithoutArticle(folded).ShouldBe(bare);
}
