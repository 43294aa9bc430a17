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
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Faults.Count} faults; pauses in milliseconds, the longest of each party")
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
        text.AppendLine(CultureInfo.InvariantCulture, $"parties        {report.Parties}");
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"commands       {report.Commands}, acknowledged {report.Acknowledged}, sent again {report.Sent}");
        text.AppendLine(CultureInfo.InvariantCulture, $"sockets        {report.Connections}, frames {report.Frames}, reads {report.Reads}");
        text.AppendLine(CultureInfo.InvariantCulture, $"journal        {report.Events} events");
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

    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
