using System.Threading.Channels;
using AkkaParty.Catalog;
using AkkaParty.Catalog.Tests;

namespace AkkaParty.Node.Tests.Enrichment;

/// <summary>A catalogue of which a test decides every answer; each question waits for one.</summary>
internal sealed class FakeTitles : ITitleCatalog
{
    private readonly Channel<Question> _questions = Channel.CreateUnbounded<Question>();
    private int _asked;

    public int Asked => Volatile.Read(ref _asked);

    public static TitleDetails Metropolis { get; } = new(
        new TitleHit(19, TitleKind.Film, "Metropolis", 1927, "https://images/19.jpg", 153, ["Drama"], "A city.", 8.1),
        [
            new RegionOffers("DE", "https://offers/de", [new Offer("Filmhaus", "rent", null)]),
            new RegionOffers("FR", null, []),
            new RegionOffers("US", "https://offers/us", [new Offer("Streamer", "flatrate", "https://images/s.png")]),
        ]);

    public ValueTask<IReadOnlyList<TitleHit>> SuggestAsync(string query, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing is suggested here.");

    public async ValueTask<TitleDetails?> MatchAsync(TitleQuery query, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        var question = new Question(query);
        await _questions.Writer.WriteAsync(question, CancellationToken.None);
        return await question.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Waits for the next question.</summary>
    public Task<Question> AskedAsync() => _questions.Reader.ReadAsync().AsTask().Within("a question to the catalogue");

    internal sealed class Question(TitleQuery query)
    {
        private readonly TaskCompletionSource<TitleDetails?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TitleQuery Query => query;

        public Task<TitleDetails?> Answer => _answer.Task;

        public void Reply(TitleDetails? title) => _answer.SetResult(title);

        public void Fail(Exception failure) => _answer.SetException(failure);
    }
}
