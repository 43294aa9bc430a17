using AkkaParty.Protocol.Parties;

namespace AkkaParty.Http.Tests.Support;

/// <summary>One film that won; keeps what it was asked for.</summary>
internal sealed class FakeChosenFilms : IChosenFilms
{
    private static readonly ChosenFilm Metropolis = new(
        "11", "Metropolis", "1927", "https://posters/11.jpg", 3, new DateTimeOffset(2025, 6, 7, 22, 31, 7, TimeSpan.FromHours(2)));

    public Exception? Failure { get; set; }

    public int LastCount { get; private set; }

    public ValueTask<IReadOnlyList<ChosenFilm>> ListAsync(int count, CancellationToken cancellationToken)
    {
        LastCount = count;
        return Failure is null
            ? new ValueTask<IReadOnlyList<ChosenFilm>>([Metropolis])
            : ValueTask.FromException<IReadOnlyList<ChosenFilm>>(Failure);
    }
}
