namespace AkkaParty.Protocol.Parties;

/// <summary>The films that parties chose.</summary>
public interface IChosenFilms
{
    /// <summary>The most films of one list.</summary>
    const int CountMax = 50;

    /// <summary>Lists the films with the most wins, and of those with as many the one that won last first.</summary>
    /// <param name="count">At most this many, 1 to <see cref="CountMax"/>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The films. A party that has just finished may be missing for a moment. The task fails when the store is away.</returns>
    ValueTask<IReadOnlyList<ChosenFilm>> ListAsync(int count, CancellationToken cancellationToken);
}
