using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Checking;

/// <summary>How much there was of everything.</summary>
/// <param name="Entities">Parties or rooms.</param>
/// <param name="Commands">Commands that were given.</param>
/// <param name="Acknowledged">Commands that were acknowledged.</param>
/// <param name="Sent">How often a command had to be sent again.</param>
/// <param name="Connections">Connections that were opened.</param>
/// <param name="Frames">Frames that showed something.</param>
/// <param name="Reads">Plain calls that read.</param>
/// <param name="Events">Events in the journal.</param>
internal readonly record struct Figures(
    int Entities, long Commands, long Acknowledged, long Sent, long Connections, long Frames, long Reads, long Events)
{
    /// <summary>Those of one entity.</summary>
    public static Figures Of(IReadOnlyCollection<Happening> happenings, int events) => new(
        1,
        happenings.OfType<Called>().Count(),
        happenings.OfType<Acknowledged>().Count(),
        happenings.OfType<Retried>().Count(),
        happenings.OfType<Opened>().Count(),
        happenings.OfType<Shown>().Count(),
        happenings.OfType<Read>().Count(),
        events);

    public static Figures operator +(Figures one, Figures other) => new(
        one.Entities + other.Entities,
        one.Commands + other.Commands,
        one.Acknowledged + other.Acknowledged,
        one.Sent + other.Sent,
        one.Connections + other.Connections,
        one.Frames + other.Frames,
        one.Reads + other.Reads,
        one.Events + other.Events);
}
