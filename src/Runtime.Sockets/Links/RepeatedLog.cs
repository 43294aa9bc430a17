namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>Says whether something is worth a line again: once per subject and interval.</summary>
/// <param name="interval">The interval.</param>
/// <param name="time">The clock.</param>
internal sealed class RepeatedLog(TimeSpan interval, TimeProvider time)
{
    private const int SubjectsMax = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _said = new(StringComparer.Ordinal);

    public bool IsDue(string subject)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_said.TryGetValue(subject, out var at) && time.GetElapsedTime(at, now) < interval)
            {
                return false;
            }

            if (_said.Count >= SubjectsMax)
            {
                _said.Clear();
            }

            _said[subject] = now;
            return true;
        }
    }
}
