using AkkaParty.Catalog.BuiltIn;

namespace AkkaParty.Catalog.Tests.BuiltIn;

public sealed class EditDistanceTests
{
    private const int TooFar = EditDistance.TooFar;

    [Theory]
    [InlineData("metropolis", "metropolis", 2, 0)]
    [InlineData("metroplis", "metropolis", 2, 1)]
    [InlineData("metroppolis", "metropolis", 2, 1)]
    [InlineData("metropalis", "metropolis", 2, 1)]
    [InlineData("metorpolis", "metropolis", 2, 1)]
    [InlineData("metorplis", "metropolis", 2, 2)]
    [InlineData("metorplos", "metropolis", 2, TooFar)]
    [InlineData("ab", "ba", 1, 1)]
    [InlineData("ca", "abc", 3, 3)]
    [InlineData("", "ab", 2, 2)]
    [InlineData("ab", "", 2, 2)]
    [InlineData("ab", "", 1, TooFar)]
    [InlineData("kid", "kiddo", 1, TooFar)]
    public void Counts_the_edits_between_words(string typed, string word, int max, int expected)
        => EditDistance.Bounded(typed, word, max, prefix: false).ShouldBe(expected);

    [Theory]
    [InlineData("metrpo", "metropolis", 1, 1)]
    [InlineData("metro", "metropolis", 1, 0)]
    [InlineData("nosfer", "nosferatu", 1, 0)]
    [InlineData("nsofer", "nosferatu", 1, 1)]
    [InlineData("nsfoer", "nosferatu", 1, TooFar)]
    [InlineData("generals", "general", 1, 1)]
    public void Accepts_the_beginning_of_a_word(string typed, string word, int max, int expected)
        => EditDistance.Bounded(typed, word, max, prefix: true).ShouldBe(expected);

    [Fact]
    public void Agrees_with_the_textbook_on_every_pair_of_short_words()
    {
        var words = Words("abc", 4).ToArray();
        foreach (var typed in words)
        {
            foreach (var word in words)
            {
                var distance = Textbook(typed, word);
                EditDistance.Bounded(typed, word, 2, prefix: false).ShouldBe(distance <= 2 ? distance : TooFar, $"{typed}-{word}");
                var nearest = Enumerable.Range(0, word.Length + 1).Min(length => Textbook(typed, word[..length]));
                EditDistance.Bounded(typed, word, 2, prefix: true).ShouldBe(nearest <= 2 ? nearest : TooFar, $"{typed}-{word}*");
            }
        }
    }

    [Fact]
    public void Gives_up_on_endless_words()
        => EditDistance.Bounded(new string('a', 200), new string('a', 200), 2, prefix: false).ShouldBe(TooFar);

    private static IEnumerable<string> Words(string letters, int lengthMax) => lengthMax == 0
        ? [""]
        : Words(letters, lengthMax - 1).SelectMany(word => letters.Select(letter => word + letter)).Append("").Distinct();

    private static int Textbook(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return a.Length + b.Length;
        }

        var distance = Math.Min(
            Math.Min(Textbook(a[..^1], b), Textbook(a, b[..^1])) + 1,
            Textbook(a[..^1], b[..^1]) + (a[^1] == b[^1] ? 0 : 1));
        return a.Length > 1 && b.Length > 1 && a[^1] == b[^2] && a[^2] == b[^1]
            ? Math.Min(distance, Textbook(a[..^2], b[..^2]) + 1)
            : distance;
    }
}
