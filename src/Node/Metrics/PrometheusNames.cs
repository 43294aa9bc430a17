using System.Text;

namespace AkkaParty.Node.Metrics;

/// <summary>Turns the names of instruments into those of Prometheus.</summary>
internal static class PrometheusNames
{
    /// <summary>A metric's name: dots become underscores, the unit and, for counters, <c>total</c> come last.</summary>
    public static string Metric(string instrument, string? unit, bool isCounter)
    {
        var name = Clean(instrument, allowColon: true);
        var suffix = unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "us" => "microseconds",
            "By" => "bytes",
            "%" => "percent",
            "1" => isCounter ? "" : "ratio",
            _ => "",
        };
        if (suffix.Length > 0 && !name.EndsWith("_" + suffix, StringComparison.Ordinal))
        {
            name += "_" + suffix;
        }

        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>A label's name.</summary>
    public static string Label(string name) => Clean(name, allowColon: false);

    private static string Clean(string name, bool allowColon)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) || c == '_' || (allowColon && c == ':') ? c : '_');
        }

        return text.Length == 0 || char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }
}
