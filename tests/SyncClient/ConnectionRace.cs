namespace AkkaParty.SyncClient;

/// <summary>Which of several attempts to connect becomes the connection: what <c>web/src/sync/connectionRace.ts</c> does.</summary>
/// <typeparam name="T">An attempt.</typeparam>
/// <param name="constants">The numbers.</param>
public sealed class ConnectionRace<T>(SyncConstants constants)
    where T : class
{
    private readonly List<T> _open = [];
    private int _begun;
    private double _lastAt;

    public T? Winner { get; private set; }

    public bool IsLost => _begun > 0 && _open.Count == 0;

    public double NextAt =>
        Winner is not null || _begun >= constants.AttemptsMax ? double.PositiveInfinity : _lastAt + constants.AttemptDelayMs;

    public void Began(T attempt, double localMs)
    {
        _open.Add(attempt);
        _begun++;
        _lastAt = localMs;
    }

    public void Lost(T attempt) => _open.Remove(attempt);

    public IReadOnlyList<T> HeardEnough(T attempt)
    {
        Winner ??= attempt;
        List<T> losers = [.. _open.Where(open => open != Winner)];
        _open.RemoveAll(losers.Contains);
        return losers;
    }
}
