using System.Globalization;
using System.Text;
using AkkaParty.Chaos.Checking;

namespace AkkaParty.Chaos.Running;

/// <summary>Reports for people.</summary>
internal static class ReportText
{
    private const int FindingsMax = 40;

    /// <summary>What the comparison came to.</summary>
    public static string Of(CheckReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"parties        {report.Parties}");
        text.AppendLine(CultureInfo.InvariantCulture, $"commands       {report.Commands}, acknowledged {report.Acknowledged}, sent again {report.Sent}");
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
}
