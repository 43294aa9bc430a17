using System.Globalization;
using System.Text;
using AkkaParty.Chaos.Checking;

namespace AkkaParty.Chaos.Running;

/// <summary>Reports for people.</summary>
internal static class ReportText
{
    private const int FindingsMax = 40;

    /// <summary>What a run came to.</summary>
    public static string Of(ChaosReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{report.Faults.Count} faults; pauses in milliseconds, the longest of each party and room")
            .AppendLine(CultureInfo.InvariantCulture, $"{"fault",-34} {"times",5} {"p50",7} {"p99",7} {"longest",8}");
        foreach (var kind in report.Faults.Zip(report.Pauses).GroupBy(pair => pair.First.Name))
        {
            var pauses = kind.SelectMany(pair => pair.Second).Order().ToList();
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{kind.Key,-34} {kind.Count(),5} {At(pauses, 0.5),7:0} {At(pauses, 0.99),7:0} {At(pauses, 1),8:0}");
        }

        return text.AppendLine().Append(Of(report.Check)).ToString();
    }

    /// <summary>What the comparison came to.</summary>
    public static string Of(CheckReport report)
    {
        var text = new StringBuilder();
        AppendTo(text, "parties", report.Parties);
        if (report.Rooms.Entities > 0)
        {
            AppendTo(text, "rooms", report.Rooms);
        }

        foreach (var breach in Enum.GetValues<Breach>())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{breach,-14} {report.Count(breach)}");
        }

        foreach (var finding in report.Findings.Take(FindingsMax))
        {
            text.AppendLine(finding.ToString());
        }

        if (report.Findings.Count > FindingsMax)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"... and {report.Findings.Count - FindingsMax} more");
        }

        return text.ToString();
    }

    private static void AppendTo(StringBuilder text, string name, in Figures figures)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"{name,-14} {figures.Entities}");
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  commands     {figures.Commands}, acknowledged {figures.Acknowledged}, sent again {figures.Sent}");
        text.AppendLine(
            CultureInfo.InvariantCulture, $"  connections  {figures.Connections}, frames {figures.Frames}, reads {figures.Reads}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  journal      {figures.Events} events");
    }

    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
