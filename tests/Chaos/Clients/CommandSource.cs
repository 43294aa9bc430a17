using System.Globalization;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>
/// Thinks of commands of which each can be told from all others by what it changes: the host sets the ranking deadline to a millisecond
/// not used before, the others hand in a ballot in an order not used before. So the journal shows which command was carried out how often.
/// </summary>
internal sealed class CommandSource(bool isHost, IReadOnlyList<string> pool, DateTimeOffset firstDeadline)
{
    private long _count;

    /// <summary>What it changes.</summary>
    public CommandKind Kind => isHost ? CommandKind.Deadline : CommandKind.Ballot;

    /// <summary>The next one.</summary>
    public (string Value, object Payload) Next() => isHost ? NextDeadline() : NextBallot();

    private (string Value, object Payload) NextDeadline()
    {
        var deadline = firstDeadline.AddMilliseconds(++_count);
        return (deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            new { deadline = deadline.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) });
    }

    // The number written in the factorial base chooses one order of all films. Eight films give 40,320 of them.
    private (string Value, object Payload) NextBallot()
    {
        var left = new List<string>(pool);
        var ranks = new List<string>();
        var number = ++_count;
        while (left.Count > 0)
        {
            var index = (int)(number % left.Count);
            number /= left.Count;
            ranks.Add(left[index]);
            left.RemoveAt(index);
        }

        return (string.Join(',', ranks), new { ranks });
    }
}
